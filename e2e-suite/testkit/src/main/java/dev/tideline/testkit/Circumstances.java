package dev.tideline.testkit;

import dev.tideline.ports.PortConfigException;
import dev.tideline.testkit.time.TimeSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * What a person wants to see when a test has failed: the mail that came, the state of the sync, the services' last log
 * lines. Nothing here throws, and each part takes at most 5 s, so that it never hides the failure itself. Immutable.
 *
 * <pre>{@code
 * failure.addSuppressed(Circumstances.ofWorkspace().with(inbox).asException());
 * }</pre>
 */
public final class Circumstances {
    /** Environment variable with the token of the sync's admin API. */
    public static final String TOKEN_VARIABLE = "TIDELINE_ADMIN_TOKEN";

    private static final Instant BEGUN =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    private static final Duration EACH = Duration.ofSeconds(5);

    private record Part(String title, Callable<List<String>> lines) {}

    private final List<Part> parts;
    private final TimeSource time;

    private Circumstances(List<Part> parts, TimeSource time) {
        this.parts = List.copyOf(parts);
        this.time = time;
    }

    /** No circumstances yet, to be filled by {@link #with}. */
    public static Circumstances none() {
        return new Circumstances(List.of(), TimeSource.system());
    }

    /**
     * What the services of this workspace have logged since this JVM began, and, in a JVM that has made a {@link
     * SyncProbe}, the sync's status.
     */
    public static Circumstances ofWorkspace() {
        Workspace workspace;
        try {
            workspace = Workspace.current();
        } catch (PortConfigException e) {
            return none().with("workspace", () -> List.of(e.getMessage()));
        }
        Circumstances sync = SyncStatus.isUsed()
                ? none().withSyncStatus(workspace.adminUrl(), System.getenv(TOKEN_VARIABLE))
                : none();
        return sync.withLogs(workspace.logs());
    }

    /** Adds a list of all mail in a mailbox. */
    public Circumstances with(Mailbox mailbox) {
        return with(
                "mail to " + mailbox.address(),
                () -> mailbox.fetchMessages(Mailbox.Fetch.NO_BODY).stream()
                        .map(MailMessage::toString)
                        .toList());
    }

    /**
     * Adds the answer of the sync's status API.
     *
     * @param admin root of the admin port
     * @param token the admin token, or null
     */
    public Circumstances withSyncStatus(URI admin, String token) {
        return with("sync status", () -> SyncStatus.lines(admin, token, EACH));
    }

    /**
     * Adds the last 10 lines of each log that were written since this JVM began; a log without any is left out.
     *
     * @param folder with files that end in {@code .log}
     */
    public Circumstances withLogs(Path folder) {
        return with("last lines of the services' logs", () -> ServiceLogs.lastLines(folder, BEGUN));
    }

    /**
     * Adds anything else.
     *
     * @param lines called when the text is made
     */
    public Circumstances with(String title, Callable<List<String>> lines) {
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(title, lines));
        return new Circumstances(more, time);
    }

    Circumstances on(TimeSource other) {
        return new Circumstances(parts, other);
    }

    /** Collects everything now: one block for each part; a part that is unavailable says why. */
    public String describe() {
        return parts.stream().map(this::describe).collect(Collectors.joining("\n"));
    }

    /**
     * Collects everything now as an exception without a stack trace, to be added to a failure as a suppressed one, so
     * that every test report shows it.
     */
    public Exception asException() {
        return new AtThatTime("At the time of the failure:\n" + describe());
    }

    private static final class AtThatTime extends Exception {

        AtThatTime(String message) {
            super(message, null, false, false);
        }
    }

    private String describe(Part part) {
        try (AttemptThread thread = new AttemptThread(time, part.title())) {
            List<String> lines = thread.run(part.lines(), EACH);
            return part.title() + ":"
                    + (lines.isEmpty()
                            ? " none"
                            : lines.stream().map(line -> "\n  " + line).collect(Collectors.joining()));
        } catch (ExecutionException e) {
            return part.title() + ": unavailable, " + Shown.exception(e.getCause());
        } catch (AttemptThread.CutOff e) {
            return part.title() + ": unavailable within " + Shown.duration(EACH);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return part.title() + ": unavailable, interrupted";
        }
    }
}
