package dev.tideline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.testkit.fixture.ClassFolders;
import dev.tideline.testkit.fixture.Compiled;
import dev.tideline.testkit.fixture.EmbeddedMail;
import dev.tideline.testkit.fixture.ForkedJava;
import dev.tideline.testkit.fixture.FreeWorkspace;
import dev.tideline.testkit.fixture.RunJUnit;
import dev.tideline.testkit.fixture.SmtpSession;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the whole classes of {@code docs/testing-without-sleeps.md}, and runs each as its reader would. */
class GuideProgramsTest {
    private static final Path GUIDE = Path.of("../../docs/testing-without-sleeps.md");
    /** TestNG and a mailer, which must not be on the class path of this module's own tests. */
    private static final Path OTHER_JARS = Path.of("target/other-jars");

    private static final String APP = """
            package guide;

            import dev.tideline.testkit.MailServer;
            import dev.tideline.testkit.Mailbox;
            import dev.tideline.testkit.fixture.SmtpSession;

            /** What the reader has: an application that sends mail. */
            class App {
                static void signUp(String address) {
                    MailServer server = MailServer.ofWorkspace();
                    SmtpSession.send(server, "Verify your email", "\\nYour code is 123456", Mailbox.of(server, address));
                }
            }
            """;

    @TempDir
    private static Path folder;

    private static FreeWorkspace workspace;
    private static EmbeddedMail mail;
    private static Path programs;

    @BeforeAll
    static void start() throws IOException {
        List<String> sources = Stream.concat(
                        Pattern.compile("```java\n(package guide;.*?)```", Pattern.DOTALL)
                                .matcher(Files.readString(GUIDE))
                                .results()
                                .map(block -> block.group(1)),
                        Stream.of(APP))
                .toList();
        assertThat(sources).hasSize(5);
        programs = Compiled.into(folder, classPath(everything()), sources.toArray(String[]::new));
        workspace = FreeWorkspace.in(folder);
        mail = EmbeddedMail.startAt(workspace.services());
    }

    @AfterAll
    static void stop() {
        mail.close();
    }

    @Test
    void the_first_mail_test_passes() throws Exception {
        assertPasses(run(everything(), RunJUnit.class.getName(), "guide.FirstMailIT"));
    }

    @Test
    void the_test_with_the_extension_passes() throws Exception {
        assertPasses(run(everything(), RunJUnit.class.getName(), "guide.SignUpTest"));
    }

    @Test
    void testng_runs_the_same_without_junit() throws Exception {
        ForkedJava.Outcome outcome = run(
                Stream.concat(withoutTestFrameworks(), Stream.concat(otherJars(), Stream.of(testClasses()))),
                "org.testng.TestNG",
                "-usedefaultlisteners",
                "false",
                "-testclass",
                "guide.SignUpWithTestNg");

        assertThat(outcome.output()).contains("Total tests run: 1, Passes: 1, Failures: 0, Skips: 0");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void a_main_method_needs_no_framework_at_all() throws Exception {
        Mailbox inbox = Mailbox.create(workspace.services().mail(), "ann");
        SmtpSession.send(workspace.services().mail(), "Verify your email", "\nYour code is 123456", inbox);

        assertThat(run(withoutTestFrameworks(), "guide.CheckMail", inbox.address()))
                .isEqualTo(new ForkedJava.Outcome(0, "code 123456\n"));
    }

    @Test
    void a_main_method_that_waits_in_vain_says_what_came_instead() throws Exception {
        Mailbox inbox = Mailbox.create(workspace.services().mail(), "ann");
        SmtpSession.send(workspace.services().mail(), "Welcome", "\nhello", inbox);
        MailMessage welcome = inbox.fetchMessages().get(0);

        ForkedJava.Outcome outcome = run(withoutTestFrameworks(), "guide.CheckMail", inbox.address());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()
                        .lines()
                        .filter(line -> !line.strip().startsWith("at "))
                        // What differs on a machine that has no time for the first look.
                        .filter(line -> !line.matches("\\s*(waited|last changed|hung|Suppressed: .*CutOff): .*"))
                        .collect(Collectors.joining("\n")))
                .isEqualTo("""
                        Exception in thread "main" dev.tideline.testkit.NotInTimeError: mail "Verify your email" to %s: not within 5 s
                          expected:        1 mail with "Verify your email" in the subject
                          last value:      <[]>
                          near misses:     mail that did come:
                            %s
                        \tSuppressed: dev.tideline.testkit.Circumstances$AtThatTime: At the time of the failure:
                        mail to %s:
                          %s""".formatted(inbox.address(), welcome, inbox.address(), welcome));
    }

    private static void assertPasses(ForkedJava.Outcome outcome) {
        assertThat(outcome.output()).endsWith("1 passed\n");
        assertThat(outcome.exitCode()).isZero();
    }

    private static ForkedJava.Outcome run(Stream<String> classPath, String mainClass, String... arguments)
            throws Exception {
        ForkedJava.Outcome outcome = ForkedJava.run(
                workspace.javaOptions(),
                classPath(Stream.concat(Stream.of(programs.toString()), classPath)),
                mainClass,
                arguments);
        // Logging frameworks that were given nothing to do say so.
        return new ForkedJava.Outcome(
                outcome.exitCode(),
                outcome.output()
                        .lines()
                        .filter(line -> !line.contains("SLF4J"))
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    private static Stream<String> everything() throws IOException {
        return Stream.concat(entries(), otherJars());
    }

    private static Stream<String> withoutTestFrameworks() {
        return entries()
                .filter(entry -> !entry.equals(testClasses()))
                .filter(entry -> !entry.matches(".*(junit|opentest4j|assertj|testng|archunit)[^/]*\\.jar"));
    }

    private static String testClasses() {
        return ClassFolders.of(GuideProgramsTest.class).toString();
    }

    private static Stream<String> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString());
    }

    private static Stream<String> otherJars() throws IOException {
        try (Stream<Path> jars = Files.list(OTHER_JARS)) {
            return jars.map(jar -> jar.toAbsolutePath().toString()).toList().stream();
        }
    }

    private static String classPath(Stream<String> entries) {
        return entries.collect(Collectors.joining(File.pathSeparator));
    }
}
