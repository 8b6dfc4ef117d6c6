package dev.tideline.devservices.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Starts a process that outlives this one and does not receive signals of its terminal: Ctrl-C goes to every process of
 * the terminal's foreground group, so the child gets its own session where the system has {@code setsid} (Linux).
 */
public final class Detached {

    private static final boolean HAS_SETSID =
            Stream.of("/usr/bin/setsid", "/bin/setsid").anyMatch(path -> Files.isExecutable(Path.of(path)));

    private Detached() {}

    /**
     * Starts a command in the background. Its pid is that of the command itself.
     *
     * @param log file to which output and errors are appended
     * @param environment changes the environment before the start
     */
    public static Process start(List<String> command, Path log, Consumer<Map<String, String>> environment)
            throws IOException {
        List<String> detached = new ArrayList<>(HAS_SETSID ? List.of("setsid") : List.of());
        detached.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(detached)
                .redirectInput(Path.of(windows() ? "NUL" : "/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        environment.accept(builder.environment());
        return builder.start();
    }

    private static boolean windows() {
        return System.getProperty("os.name").startsWith("Windows");
    }
}
