package dev.tideline.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The jar that users run, in separate JVMs. Immutable. */
public final class CommandLineJar {

    private final List<String> program;

    private CommandLineJar(List<String> program) {
        this.program = List.copyOf(program);
    }

    /** The jar {@code sync-runtime-cli-<version>.jar}. */
    public static CommandLineJar at(Path jar) {
        return new CommandLineJar(List.of("-jar", jar.toString()));
    }

    /** The jar in the system property {@code tideline.cli}, which the build sets. */
    public static CommandLineJar ofBuild() {
        String jar = System.getProperty("tideline.cli", "");
        if (jar.isBlank()) {
            throw new IllegalStateException(
                    "The system property tideline.cli is not set: the build names the jar in it.");
        }
        return at(Path.of(jar));
    }

    /** What a command printed, and its exit code. */
    public record Outcome(int code, String out, String err) {}

    /** Runs one command to its end. */
    public Outcome run(Path config, String... command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("tideline", ".err");
        try {
            Process process = new ProcessBuilder(commandLine(List.of(), config, command))
                    .redirectError(errors.toFile())
                    .start();
            try {
                String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Outcome(process.waitFor(), out, Files.readString(errors));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(errors);
        }
    }

    /**
     * Starts {@code run}.
     *
     * @param jvm options of the JVM, such as {@code -Xmx128m}
     * @param log to which standard output and error are appended
     */
    public RuntimeProcess start(List<String> jvm, Path config, Path log) throws IOException {
        Process process = new ProcessBuilder(commandLine(jvm, config, "run"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        return new RuntimeProcess(process, log);
    }

    private List<String> commandLine(List<String> jvm, Path config, String... command) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvm);
        line.addAll(program);
        line.addAll(List.of(command));
        line.addAll(List.of("--config", config.toString()));
        return line;
    }
}
