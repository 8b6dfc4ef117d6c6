package dev.tideline.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server in a JVM of its own, as the plugin runs it. */
final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("ready http=(\\d+) smtp=(\\d+) pop3=(\\d+)");

    private final Process process;
    private final BufferedReader output;
    private final Matcher ready;

    ServerProcess(List<String> jvm, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                MailServerMain.class.getName()));
        command.addAll(List.of(arguments));
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = output.readLine();
            ready = READY.matcher(String.valueOf(line));
            if (!ready.matches()) {
                throw new IllegalStateException("the server said " + line + " and exited with " + process.waitFor());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Process process() {
        return process;
    }

    int http() {
        return Integer.parseInt(ready.group(1));
    }

    int smtp() {
        return Integer.parseInt(ready.group(2));
    }

    int pop3() {
        return Integer.parseInt(ready.group(3));
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
