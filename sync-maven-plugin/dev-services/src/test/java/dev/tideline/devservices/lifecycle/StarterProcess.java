package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A build in a JVM of its own, which begins to start services and can be killed at any moment. */
record StarterProcess(Process process, BufferedReader output) {

    static StarterProcess begin(TestWorkspace workspace, String provider, String... services) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith("tideline.test."))
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of(
                "-cp",
                Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                        .orElseGet(() -> System.getProperty("java.class.path")),
                StarterMain.class.getName(),
                workspace.root().toString(),
                Integer.toString(workspace.prefix()),
                provider,
                String.join(",", services)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertThat(output.readLine()).isEqualTo("starting");
        return new StarterProcess(process, output);
    }

    StarterProcess awaitStarted() throws IOException {
        assertThat(output.readLine()).isEqualTo("started");
        return this;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
