package dev.tideline.collector;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A collector in a JVM of its own. */
final class CollectorProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("otlp=(\\S+) page=(\\S+)");

    private final Process process;
    private final String otlpUrl;
    private final String pageUrl;

    private CollectorProcess(Process process, String otlpUrl, String pageUrl) {
        this.process = process;
        this.otlpUrl = otlpUrl;
        this.pageUrl = pageUrl;
    }

    static CollectorProcess start(String... jvmOptions) throws IOException {
        List<String> command = java(jvmOptions);
        command.add(CollectorMain.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        Matcher matcher = STARTED.matcher(String.valueOf(line));
        if (!matcher.matches()) {
            process.destroyForcibly();
            throw new IOException("the collector said " + line);
        }
        return new CollectorProcess(process, matcher.group(1), matcher.group(2));
    }

    /** The command of a JVM like this one, with its class path. */
    static List<String> java(String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path", "." + File.pathSeparator)));
        return command;
    }

    String otlpUrl() {
        return otlpUrl;
    }

    String pageUrl() {
        return pageUrl;
    }

    long pid() {
        return process.pid();
    }

    /** Processor time it has used so far, of all its threads. */
    Duration cpuTime() {
        return process.info().totalCpuDuration().orElseThrow();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
