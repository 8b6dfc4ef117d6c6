package dev.tideline.e2e.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Breaks behaviours one at a time, in classes that only a JVM of its own sees, and expects that a test of the suite fails there.
 * {@code mvn -Pmutations verify} runs it; {@code -Dtideline.mutations=} takes a part of the names, or {@code all}.
 */
@Isolated("it runs the suite itself")
class MutationCheck {

    private static final Path FOLDER = Path.of("target", "mutations");
    private static final Path RESULTS = FOLDER.resolve("results.md");
    private static final String CLASS_PATH =
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

    @BeforeAll
    static void begin() throws IOException {
        Files.createDirectories(FOLDER);
        Files.writeString(RESULTS, "| break | found by |\n|---|---|\n");
    }

    private static String wanted() {
        return System.getProperty("tideline.mutations", "all");
    }

    private static List<Break> breaks() throws IOException {
        return Break.all().stream()
                .filter(one -> wanted().equals("all") || one.name().contains(wanted()))
                .toList();
    }

    @Test
    void theTestsPassWhereNothingIsBroken() throws Exception {
        String[] tests = breaks().stream()
                .flatMap(one -> one.tests().stream())
                .distinct()
                .toArray(String[]::new);
        Run run = run("nothing", FOLDER.resolve("nothing"), tests);
        assertThat(run.exitCode()).as(run.output()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> aTestFailsForEachBreak() throws IOException {
        return breaks().stream()
                .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                    String name = one.name().replaceAll("\\W+", "-");
                    Path classes = Files.createDirectories(FOLDER.resolve(name));
                    build(one, classes);
                    Run run = run(name, classes, one.tests().toArray(String[]::new));
                    Files.writeString(
                            RESULTS, "| " + one.name() + " | " + run.finder() + " |\n", StandardOpenOption.APPEND);
                    assertThat(run.exitCode()).as(run.output()).isEqualTo(RunTests.ONE_FAILED);
                }));
    }

    private static void build(Break one, Path classes) throws IOException {
        if (!one.isJava()) {
            Path resource = classes.resolve(one.inClasses());
            Files.createDirectories(resource.getParent());
            Files.writeString(resource, one.broken());
            return;
        }
        Path source = classes.resolve(one.file().getFileName());
        Files.writeString(source, one.broken());
        int errors = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-nowarn",
                        "-parameters",
                        "-proc:none",
                        "--release",
                        "17",
                        "-classpath",
                        CLASS_PATH,
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(errors).as("errors of the compiler in " + source).isZero();
    }

    private record Run(int exitCode, String output) {

        /** The test that failed. */
        String finder() {
            return output.lines()
                    .filter(line -> line.startsWith("FAILED "))
                    .map(line -> "`" + line.substring(7) + "`")
                    .findFirst()
                    .orElse("**nothing**");
        }
    }

    private static Run run(String name, Path classes, String... tests) throws IOException, InterruptedException {
        Path log = FOLDER.resolve(name + ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.logFile=" + FOLDER.resolve(name + ".slf4j.log")));
        System.getProperties().stringPropertyNames().stream()
                .filter(property -> property.startsWith("tideline."))
                .forEach(property -> command.add("-D" + property + "=" + System.getProperty(property)));
        command.addAll(List.of("-classpath", classes + File.pathSeparator + CLASS_PATH, RunTests.class.getName()));
        command.addAll(List.of(tests));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        try {
            assertThat(process.waitFor(10, TimeUnit.MINUTES))
                    .as(name + " hangs")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(log));
    }
}
