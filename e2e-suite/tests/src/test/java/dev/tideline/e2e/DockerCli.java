package dev.tideline.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program {@code docker}, with the engine that it finds. */
public final class DockerCli {

    private DockerCli() {}

    /** The exit code of a command, and what it printed on either stream. */
    public record Outcome(int code, String out) {}

    /** Why the engine cannot be used with these images, if it cannot. */
    public static Optional<String> obstacle(String... images) throws IOException, InterruptedException {
        try {
            Outcome version = run("version");
            if (version.code() != 0) {
                return Optional.of("no engine answers: " + version.out().strip());
            }
        } catch (IOException e) {
            return Optional.of("the program docker is not installed");
        }
        for (String image : images) {
            if (run("image", "inspect", image).code() != 0) {
                return Optional.of("the image " + image + " is not here; pull it with: docker pull " + image);
            }
        }
        return Optional.empty();
    }

    public static Outcome run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), out);
        } finally {
            process.destroyForcibly();
        }
    }
}
