package dev.tideline.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that were not written for this server, from other languages' standard libraries. */
class ForeignClientsTest {

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

    /** {@code -Dtideline.mail.odd=200} is the long form, {@code -Dtideline.mail.seed=…} repeats one. */
    @Test
    void mails_from_the_odd_corners_of_the_standards_are_read_back_as_they_were_sent() throws Exception {
        long seed = Long.getLong("tideline.mail.seed", System.nanoTime() & 0xffff_ffffL);
        System.out.println("seed of the odd mails: " + seed);
        run(List.of("python3"), "odd.py", Long.toString(seed), System.getProperty("tideline.mail.odd", "40"));
    }

    private void run(List<String> interpreter, String script, String... more) throws IOException, InterruptedException {
        assumeTrue(answers(interpreter), interpreter.get(0) + " is not installed");
        Path file = folder.resolve(script);
        try (InputStream source = ForeignClientsTest.class.getResourceAsStream(script);
                MailServer server = MailServer.start(MailServerConfig.defaults())) {
            Files.copy(source, file);
            List<String> command = new ArrayList<>(interpreter);
            command.add(file.toString());
            Stream.of(server.httpPort(), server.smtpPort(), server.pop3Port())
                    .map(String::valueOf)
                    .forEach(command::add);
            command.addAll(List.of(more));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            assertThat(output.strip()).endsWith("all good");
        }
    }

    private static boolean answers(List<String> interpreter) throws InterruptedException {
        List<String> command = new ArrayList<>(interpreter);
        command.add("--version");
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
