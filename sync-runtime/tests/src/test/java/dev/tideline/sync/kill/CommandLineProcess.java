package dev.tideline.sync.kill;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * {@code run} of the command line, from this test's class path, in a JVM of its own that ends where its 128 MB do not
 * suffice. Used by one thread.
 */
public final class CommandLineProcess implements AutoCloseable {

    private final Path config;
    private final Path log;
    private final Map<String, String> environment;
    private Process process;
    private int printedBefore;

    /** @param log gets what it prints, appended */
    public CommandLineProcess(Path config, Path log) throws IOException {
        this(config, log, Map.of());
    }

    /** The same with variables beside those of the test's own process. */
    public CommandLineProcess(Path config, Path log, Map<String, String> environment) throws IOException {
        this.config = config;
        this.log = log;
        this.environment = environment;
        start();
    }

    private void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:TieredStopAtLevel=1",
                        "dev.tideline.sync.cli.Tideline",
                        "run",
                        "--config",
                        config.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("CLASSPATH", classPath());
        builder.environment().putAll(environment);
        printedBefore = Files.exists(log) ? log().length() : 0;
        process = builder.start();
    }

    /** Of the JVM, or of whoever runs the tests in it with a class loader of its own. */
    private static String classPath() {
        if (CommandLineProcess.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    public void killAndStart() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        start();
    }

    /**
     * Asks it to end, as a service manager does (SIGTERM).
     *
     * @return its exit code
     * @throws IllegalStateException if it has not ended within the limit
     */
    public int terminate(Duration limit) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the runtime has not ended within " + limit);
        }
        return process.exitValue();
    }

    /** Stops it in the middle of whatever it does (SIGSTOP). */
    public void suspend() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("kill -" + name + " ended with " + kill.exitValue());
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether it has started: until then it ends where the source does not answer, and whoever started it tries again. */
    public boolean hasStarted() throws IOException {
        return log().substring(printedBefore).contains("Syncing.");
    }

    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
