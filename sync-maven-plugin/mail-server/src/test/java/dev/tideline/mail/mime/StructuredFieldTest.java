package dev.tideline.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs write around the tokens of MIME, most of it allowed and some of it not. */
class StructuredFieldTest {

    private static final String WORD = "gr\u00FC\u00DFe";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base64",
                "\"base64\"",
                "BASE64;",
                "base64 (why not)",
                "(a (nested) comment) base64",
                "base64 ; x=y",
                "base64,",
                "\r\n base64"
            })
    void base64_is_decoded_however_it_is_written(String encoding) {
        assertThat(parsed(
                                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: " + encoding,
                                "Z3LDvMOfZQ==")
                        .text())
                .isEqualTo(WORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"quoted-printable", "\"quoted-printable\"", "Quoted-Printable;", "quoted-printable (x)"})
    void quoted_printable_is_decoded_however_it_is_written(String encoding) {
        assertThat(parsed(
                                "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: " + encoding,
                                "gr=C3=BC=C3=9Fe")
                        .text())
                .isEqualTo(WORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html; charset=koi8-r",
                "\"text/html\"; charset=\"koi8-r\";",
                "TEXT / HTML (a comment); CHARSET = (another) koi8-r (and one more)",
                "text/html;; charset*=us-ascii'en'koi8-r",
                "text/html; charset*0=koi8; charset*1=-r"
            })
    void the_type_and_the_charset_are_read_however_they_are_written(String type) {
        assertThat(parsed("Content-Type: " + type + "\r\nContent-Transfer-Encoding: quoted-printable", "=D7=C1")
                        .html())
                .isEqualTo("\u0432\u0430");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed; boundary=b",
                "\"multipart/mixed\"; boundary=\"b\";",
                "Multipart/Mixed (a comment); Boundary=b (another)",
                "multipart/mixed; boundary*=us-ascii''b",
                "multipart/mixed; boundary*0=b"
            })
    void parts_are_found_however_their_boundary_is_written(String type) {
        assertThat(parsed("Content-Type: " + type, "--b\r\n\r\nfirst\r\n--b\r\n\r\nsecond\r\n--b--\r\n")
                        .text())
                .isEqualTo("first\n--\nsecond");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "attachment; filename=\"Tom's and Ann's.pdf\"     | Tom's and Ann's.pdf",
                "\"attachment\"; filename=\"a;b.pdf\";            | a;b.pdf",
                "attachment (x); filename=(y)a+b.pdf(z)           | a+b.pdf",
                "attachment; filename*=utf-8''a+b%2Bc%20%C3%BC.pdf | a+b+c \u00FC.pdf",
                "attachment; filename=u.pdf; filename*=utf-8''%C3%BC.pdf | \u00FC.pdf",
                "attachment; filename*0*=utf-8''%C3; filename*1*=%BC.pdf | \u00FC.pdf",
                "inline                                           | \u00E9.pdf"
            })
    void a_file_has_the_name_that_its_sender_gave_it(String disposition, String name) {
        assertThat(parsed(
                                "Content-Type: application/pdf; name*=utf-8''%C3%A9.pdf\r\nContent-Disposition: "
                                        + disposition,
                                "x")
                        .attachments())
                .extracting(Attachment::fileName)
                .containsExactly(name);
    }

    private static ParsedMessage parsed(String header, String body) {
        return MessageParser.parse(
                new ByteArrayInputStream((header + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8)));
    }
}
