package dev.tideline.maven.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that were not written for this server, from other languages' standard libraries. */
class ForeignClientsTest {

    @TempDir
    private Path folder;

    @Test
    void pythons_standard_library_sends_and_reads_without_a_special_case() throws Exception {
        run("python3", "client.py");
    }

    @Test
    void node_sends_and_reads_without_a_special_case() throws Exception {
        run("node", "client.mjs");
    }

    private void run(String interpreter, String script) throws IOException, InterruptedException {
        assumeTrue(answers(interpreter), interpreter + " is not installed");
        Path file = folder.resolve(script);
        try (InputStream source = ForeignClientsTest.class.getResourceAsStream(script);
                MailServer server = MailServer.start(MailServerConfig.defaults())) {
            Files.copy(source, file);
            Process process = new ProcessBuilder(
                            interpreter,
                            file.toString(),
                            String.valueOf(server.httpPort()),
                            String.valueOf(server.smtpPort()),
                            String.valueOf(server.pop3Port()))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            assertThat(output.strip()).endsWith("all good");
        }
    }

    private static boolean answers(String interpreter) throws InterruptedException {
        try {
            return new ProcessBuilder(interpreter, "--version")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }
}
