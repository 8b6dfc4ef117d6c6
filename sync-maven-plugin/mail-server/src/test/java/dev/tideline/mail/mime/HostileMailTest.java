package dev.tideline.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mail that lies, breaks off or attacks. None of it may throw, and what can be read is read. */
class HostileMailTest {

    private static ParsedMessage parse(String message) {
        return parse(message.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ParsedMessage parse(byte[] message) {
        return MessageParser.parse(new ByteArrayInputStream(message));
    }

    private static MessageSummary summary(String message) {
        return MessageSummary.read(
                message.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), "s@x", List.of("r@x"));
    }

    private static ParsedMessage withAttachment(String fields) {
        return parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n" + fields + "\n\nx\n--b--\n");
    }

    @Test
    void an_unknown_charset_is_read_as_well_as_it_can_be() {
        assertThat(parse("Content-Type: text/plain; charset=klingon\n\ncaf\u00e9")
                        .text())
                .isEqualTo("café");
        assertThat(parse("Content-Type: text/plain; charset=\"\"\n\nhi").text()).isEqualTo("hi");
        assertThat(summary("Subject: =?klingon?q?caf=E9?=\n\n").subject()).isEqualTo("=?klingon?q?caf=E9?=");
        assertThat(summary("Subject: =?utf-8?b?!!!?= x\n\n").subject()).endsWith("x");
    }

    @Test
    void a_multipart_that_breaks_off_gives_what_came_before() {
        ParsedMessage message = parse("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nfirst\n--b\n"
                + "Content-Type: application/pdf; name=a.pdf\nContent-Transfer-Encoding: base64\n\naGVsbG8=\naGV");
        assertThat(message.text()).isEqualTo("first");
        assertThat(message.attachments())
                .singleElement()
                .satisfies(part -> assertThat(new String(part.content(), StandardCharsets.US_ASCII))
                        .startsWith("hello"));
    }

    @Test
    void a_multipart_without_its_boundary_does_no_harm() {
        assertThat(parse("Content-Type: multipart/mixed\n\nbody").header()).containsKey("Content-Type");
        assertThat(parse("Content-Type: multipart/mixed; boundary=b\n\nno part").attachments())
                .isEmpty();
    }

    @Test
    void a_thousand_parts_are_read_and_no_more() {
        String parts = IntStream.range(0, 5_000)
                .mapToObj(i -> "--b\nContent-Disposition: attachment; filename=f" + i + "\n\nx\n")
                .collect(Collectors.joining());
        assertThat(parse("Content-Type: multipart/mixed; boundary=b\n\n" + parts + "--b--\n")
                        .attachments())
                .hasSize(MessageParser.MOST_PARTS);
    }

    @Test
    void endless_nesting_ends() {
        String nested = IntStream.range(0, 5_000)
                .mapToObj(i -> "Content-Type: multipart/mixed; boundary=b" + i + "\n\n--b" + i + "\n")
                .collect(Collectors.joining());
        assertThat(parse(nested + "\nx").header()).containsKey("Content-Type");
    }

    @Test
    void huge_headers_are_read() {
        String huge = "x".repeat(1_000_000);
        assertThat(summary("X-Big: " + huge + "\nSubject: after\n\n").subject()).isEqualTo("after");
        String many = "X-N: y\n".repeat(50_000);
        assertThat(summary(many + "Subject: after\n\n").subject()).isEqualTo("after");
        assertThat(parse(many + "Subject: after\n\nbody").header().get("X-N")).hasSize(50_000);
    }

    @Test
    void hostile_addresses_fall_back_to_the_envelope() {
        assertThat(summary("From: ,,,<<<>>>@@@\nTo: \n\n").to()).containsExactly("<r@x>");
        assertThat(summary("From: " + "(".repeat(100_000) + "\n\n").from()).isNotNull();
        assertThat(summary("To: friends: a@x, \"B, C\" <b@x>;\n\n").to()).containsExactly("<a@x>", "B, C <b@x>");
        assertThat(summary("\n\n")).isEqualTo(new MessageSummary("<s@x>", List.of("<r@x>"), ""));
    }

    @Test
    void decoded_line_breaks_stay_inside_the_subject() {
        assertThat(summary("Subject: =?utf-8?q?a=0D=0ABcc:_x?=\n\n").subject()).isEqualTo("a\r\nBcc: x");
        assertThat(parse("Subject: a\n folded\n\n").header().get("Subject")).containsExactly("a folded");
    }

    @Test
    void file_names_cannot_leave_their_folder() {
        assertThat(withAttachment("Content-Disposition: attachment; filename=\"../../etc/passwd\"")
                        .attachments()
                        .get(0)
                        .fileName())
                .isEqualTo("passwd");
        assertThat(FileName.safe("C:\\windows\\a.exe", "x/y")).isEqualTo("a.exe");
        assertThat(FileName.safe("..", "application/pdf")).isEqualTo("attachment.pdf");
        assertThat(FileName.safe("a\r\nX: y\u0000.txt", "x/y")).isEqualTo("aX: y.txt");
        assertThat(FileName.safe("x".repeat(500) + ".pdf", "x/y")).hasSize(200).endsWith("x.pdf");
        assertThat(FileName.safe("\uD83D\uDE00".repeat(150), "x/y"))
                .hasSize(200)
                .endsWith("\uD83D\uDE00");
    }

    @Test
    void long_and_encoded_file_names_are_put_together() {
        assertThat(withAttachment("Content-Disposition: attachment;\n filename*0*=utf-8''%E2%82%AC%20;\n"
                                + " filename*1=rates.csv")
                        .attachments()
                        .get(0)
                        .fileName())
                .isEqualTo("€ rates.csv");
        assertThat(withAttachment("Content-Type: text/csv; name=\"=?utf-8?q?=E2=82=AC.csv?=\"")
                        .attachments()
                        .get(0)
                        .fileName())
                .isEqualTo("€.csv");
    }

    @Test
    void a_media_type_that_is_none_is_bytes() {
        assertThat(withAttachment("Content-Type: text/html\u0001evil; name=x\nContent-Disposition: attachment")
                        .attachments()
                        .get(0)
                        .contentType())
                .isEqualTo("application/octet-stream");
    }

    @Test
    void a_message_inside_is_an_attachment() {
        ParsedMessage message = withAttachment("Content-Type: message/rfc822\n\nSubject: inner");
        assertThat(message.attachments()).singleElement().satisfies(part -> {
            assertThat(part.fileName()).isEqualTo("attachment.eml");
            assertThat(new String(part.content(), StandardCharsets.US_ASCII)).startsWith("Subject: inner");
        });
    }

    @Test
    void random_damage_never_throws() {
        String whole = "From: a@b\nSubject: =?utf-8?q?x?=\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\n"
                + "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n<p>=C3=A9</p>\n"
                + "--b\nContent-Disposition: attachment; filename*=utf-8''%41\nContent-Transfer-Encoding: base64\n\n"
                + "AAECAwQF\n--b--\n";
        byte[] bytes = whole.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = bytes.clone();
            for (int i = random.nextInt(20); i >= 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            assertThat(parse(damaged)).as("seed %d, round %d", seed, round).isNotNull();
            assertThat(MessageSummary.read(damaged, "", List.of())).isNotNull();
        }
    }
}
