package dev.tideline.devservices.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log of one service. */
public record LogFile(Path path) {

    private static final long ROTATE_AT_BYTES = 10_000_000;
    private static final int TAIL_BYTES = 64_000;

    /**
     * Prepares the log for another run: creates its folder, and renames a log of more than 10 MB to {@code <name>.1}.
     *
     * @return its length in bytes, where the output of the next run begins
     */
    public long prepare() throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        if (length() > ROTATE_AT_BYTES) {
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return length();
    }

    /** The length in bytes, 0 if there is no log. */
    public long length() {
        try {
            return Files.size(path);
        } catch (IOException absent) {
            return 0;
        }
    }

    /**
     * The last lines of the log, oldest first; empty if there is no log.
     *
     * @param lines maximum number of lines
     * @param from first byte to consider
     */
    public List<String> tail(int lines, long from) {
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            long begin = Math.max(Math.min(from, channel.size()), channel.size() - TAIL_BYTES);
            ByteBuffer buffer = ByteBuffer.allocate((int) (channel.size() - begin));
            channel.position(begin);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // read on
            }
            List<String> all = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException absent) {
            return List.of();
        }
    }
}
