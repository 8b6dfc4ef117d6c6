package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tideline.mail.tls.TlsConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that were not written for this server, of other languages. */
class ForeignClientsTest {

    private static final String NODEMAILER = "10.6.1";
    private static final Path NODE_MODULES =
            Path.of("target", "nodemailer", "node_modules").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void pythons_standard_library_sends_and_reads_without_a_special_case() throws Exception {
        run(List.of("python3"), "client.py");
    }

    @Test
    void node_sends_and_reads_without_a_special_case() throws Exception {
        // Node 20 has a websocket only if it is asked for, Node 18 none at all.
        List<String> withWebSocket = List.of("node", "--experimental-websocket");
        run(answers(withWebSocket) ? withWebSocket : List.of("node"), "client.mjs");
    }

    @Test
    void mails_from_the_odd_corners_of_the_standards_are_read_back_as_they_were_sent() throws Exception {
        run(List.of("python3"), "odd.py", Long.toString(OddMails.seed()), Integer.toString(OddMails.count()));
    }

    @Test
    void so_are_those_that_nodemailer_makes() throws Exception {
        requireNodemailer();
        run(List.of("node"), "odd.mjs", Long.toString(OddMails.seed()), Integer.toString(OddMails.count()));
    }

    @Test
    void python_trusts_the_certificate_with_starttls_and_with_tls_from_the_start() throws Exception {
        run(withTls(), List.of("python3"), "tls.py");
    }

    @Test
    void nodemailer_trusts_the_certificate_with_starttls_and_with_tls_from_the_start() throws Exception {
        requireNodemailer();
        run(withTls(), List.of("node"), "tls.mjs");
    }

    private MailServerConfig withTls() {
        return MailServerConfig.defaults().withTls(TlsConfig.in(folder).withPorts(0, 0));
    }

    /** Once it is in {@code target} or in npm's cache, no network is needed. */
    private static void requireNodemailer() throws InterruptedException {
        assumeTrue(answers(List.of("node")), "node is not installed");
        assumeTrue(
                Files.isRegularFile(NODE_MODULES.resolve(Path.of("nodemailer", "package.json")))
                        || succeeds(List.of(
                                "npm",
                                "install",
                                "--prefix=" + NODE_MODULES.getParent(),
                                "--prefer-offline",
                                "--fetch-retries=2",
                                "--fetch-retry-mintimeout=500",
                                "--fetch-retry-maxtimeout=2000",
                                "--no-audit",
                                "--no-fund",
                                "nodemailer@" + NODEMAILER)),
                "npm cannot install nodemailer " + NODEMAILER);
    }

    private void run(List<String> interpreter, String script, String... more) throws IOException, InterruptedException {
        run(MailServerConfig.defaults(), interpreter, script, more);
    }

    private void run(MailServerConfig config, List<String> interpreter, String script, String... more)
            throws IOException, InterruptedException {
        assumeTrue(answers(interpreter), interpreter.get(0) + " is not installed");
        Path file = folder.resolve(script);
        try (InputStream source = ForeignClientsTest.class.getResourceAsStream(script);
                MailServer server = MailServer.start(config)) {
            Files.copy(source, file);
            List<String> command = new ArrayList<>(interpreter);
            command.add(file.toString());
            Stream.of(
                            Optional.of(server.httpPort()),
                            Optional.of(server.smtpPort()),
                            Optional.of(server.pop3Port()),
                            server.smtpsPort(),
                            server.pop3sPort(),
                            server.certificate())
                    .flatMap(Optional::stream)
                    .map(String::valueOf)
                    .forEach(command::add);
            command.addAll(List.of(more));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("NODE_PATH", NODE_MODULES.toString());
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            assertThat(output.strip()).endsWith("all good");
        }
    }

    private static boolean answers(List<String> interpreter) throws InterruptedException {
        List<String> command = new ArrayList<>(interpreter);
        command.add("--version");
        return succeeds(command);
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
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
