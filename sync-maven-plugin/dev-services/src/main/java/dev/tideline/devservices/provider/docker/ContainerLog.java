package dev.tideline.devservices.provider.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Frame;
import dev.tideline.devservices.provider.ServiceLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** The log of a running container, read from the engine. */
final class ContainerLog implements ServiceLog {

    private final DockerEngine engine;
    private final String container;
    private Following following;

    /** Time of the last line returned, as the engine writes it: with a fixed length. */
    private String last = "";

    ContainerLog(DockerEngine engine, String container) {
        this.engine = engine;
        this.container = container;
    }

    @Override
    public List<String> tail(int lines) {
        return withoutTimes(new Containers(engine).tail(container, lines, true));
    }

    @Override
    public List<String> added() {
        if (following == null) {
            following = new Following();
            engine.ask(client -> client.logContainerCmd(container)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withTimestamps(true)
                    // The engine takes whole seconds, so lines already returned come again and are left out.
                    .withSince(last.isEmpty() ? 0 : (int) Instant.parse(last).getEpochSecond())
                    .withFollowStream(true)
                    .exec(following));
        }
        return withoutTimes(following.take());
    }

    @Override
    public void close() {
        try {
            if (following != null) {
                following.close();
            }
        } catch (IOException nothingMoreToRead) {
            // It was about to end.
        }
    }

    private List<String> withoutTimes(List<String> lines) {
        String before = last;
        List<String> fresh =
                lines.stream().filter(line -> time(line).compareTo(before) > 0).toList();
        if (!fresh.isEmpty()) {
            last = time(fresh.get(fresh.size() - 1));
        }
        return fresh.stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    }

    private static String time(String line) {
        return line.substring(0, Math.max(0, line.indexOf(' ')));
    }

    /** What has arrived and was not read yet. */
    private static final class Following extends ResultCallback.Adapter<Frame> {

        /** Guarded by this. */
        private final ByteArrayOutputStream arrived = new ByteArrayOutputStream();

        @Override
        public synchronized void onNext(Frame frame) {
            arrived.writeBytes(frame.getPayload());
        }

        /** The container or the engine is gone: nothing more is added. */
        @Override
        public void onError(Throwable gone) {
            onComplete();
        }

        /** Whole lines only; the rest waits for its end. */
        synchronized List<String> take() {
            byte[] bytes = arrived.toByteArray();
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            arrived.reset();
            arrived.writeBytes(Arrays.copyOfRange(bytes, end, bytes.length));
            return new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList();
        }
    }
}
