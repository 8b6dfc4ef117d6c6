package dev.tideline.mail.pop3;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines in, replies out. Mail is written byte by byte, with CRLF at the end of lines and stuffed dots. */
final class Pop3Wire {

    /** RFC 2449 allows 255 bytes; user names may be whole addresses. */
    private static final int LONGEST_LINE = 1_024;

    private final InputStream in;
    private final OutputStream out;

    private Pop3Wire(InputStream in, OutputStream out) {
        this.in = new BufferedInputStream(in);
        this.out = new BufferedOutputStream(out, 16 * 1024);
    }

    static Pop3Wire over(Socket connection) throws IOException {
        return new Pop3Wire(connection.getInputStream(), connection.getOutputStream());
    }

    /** The next line without its end; empty at the end of the stream. */
    Optional<String> readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        int b = in.read();
        while (b >= 0 && b != '\n') {
            if (line.size() >= LONGEST_LINE) {
                throw new IOException("a line of more than " + LONGEST_LINE + " bytes");
            }
            line.write(b);
            b = in.read();
        }
        return b < 0 ? Optional.empty() : Optional.of(text(line.toByteArray()).strip());
    }

    /** Some clients, Jakarta Mail among them, write the names of mailboxes in ISO 8859-1. */
    private static String text(byte[] line) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new String(line, StandardCharsets.ISO_8859_1);
        }
    }

    void ok(String text) throws IOException {
        line("+OK " + text);
    }

    void error(String text) throws IOException {
        line("-ERR " + text);
    }

    void line(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\r');
        out.write('\n');
    }

    void end() throws IOException {
        line(".");
    }

    void flush() throws IOException {
        out.flush();
    }

    /** The size of a message as sent, with CRLF at the end of lines and without stuffed dots. */
    static long octets(byte[] source) {
        long octets = source.length;
        for (int i = 0; i < source.length; i++) {
            octets += source[i] == '\n' && (i == 0 || source[i - 1] != '\r') ? 1 : 0;
        }
        boolean lastLineIsOpen = source.length > 0 && source[source.length - 1] != '\n';
        boolean endsWithCr = lastLineIsOpen && source[source.length - 1] == '\r';
        return octets + (lastLineIsOpen ? 2 : 0) - (endsWithCr ? 1 : 0);
    }

    /**
     * Writes a message and the final dot.
     *
     * @param bodyLines number of lines of the body, -1 for all
     */
    void message(byte[] source, int bodyLines) throws IOException {
        boolean body = false;
        int left = bodyLines;
        int start = 0;
        while (start < source.length) {
            int newline = start;
            while (newline < source.length && source[newline] != '\n') {
                newline++;
            }
            int end = newline > start && source[newline - 1] == '\r' ? newline - 1 : newline;
            if (body && bodyLines >= 0 && left-- <= 0) {
                break;
            }
            if (source[start] == '.') {
                out.write('.');
            }
            out.write(source, start, end - start);
            out.write('\r');
            out.write('\n');
            body |= end == start;
            start = newline + 1;
        }
        end();
    }
}
