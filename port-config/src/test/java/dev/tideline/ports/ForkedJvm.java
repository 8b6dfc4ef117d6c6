package dev.tideline.ports;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Another JVM with this module's classes, ended when closed. */
final class ForkedJvm implements AutoCloseable {
    private final List<String> command = new ArrayList<>();
    private final Process process;
    private final BufferedReader out;

    ForkedJvm(Path directory, Map<String, String> environment, Class<?> main, String... arguments) throws IOException {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("TIDELINE_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(environment);
        process = builder.redirectErrorStream(true).start();
        out = process.inputReader(StandardCharsets.UTF_8);
    }

    long pid() {
        return process.pid();
    }

    List<String> command() {
        return command;
    }

    String line() throws IOException {
        return out.readLine();
    }

    void say(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    /** The rest of what it prints, after its end. */
    String rest() {
        return out.lines().map(line -> line + "\n").collect(Collectors.joining());
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
