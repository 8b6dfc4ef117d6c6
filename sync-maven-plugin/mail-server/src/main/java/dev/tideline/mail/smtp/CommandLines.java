package dev.tideline.mail.smtp;

import java.io.IOException;
import java.io.InputStream;

/**
 * The input from a client. Commands are passed on line by line, each ended by CRLF even if the client ends it by LF
 * alone: the library would wait for the CR until the client gives up. Content is passed on unchanged, unless the
 * client's commands have shown that it does not know CRLF. Used by one thread.
 */
final class CommandLines extends InputStream {

    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int begin;
    private int end;
    private boolean afterCr;
    private boolean content;
    private boolean bareLf;

    CommandLines(InputStream in) {
        this.in = in;
    }

    /** What follows is no commands. */
    void beginContent() {
        content = !bareLf;
    }

    /** What follows is not even text. */
    void beginBytes() {
        content = true;
    }

    void endContent() {
        content = false;
        afterCr = false;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (begin == end) {
            begin = 0;
            end = Math.max(0, in.read(buffer));
            if (end == 0) {
                return -1;
            }
        }
        return content ? bytes(target, offset, length) : line(target, offset, length);
    }

    private int bytes(byte[] target, int offset, int length) {
        int count = Math.min(length, end - begin);
        System.arraycopy(buffer, begin, target, offset, count);
        begin += count;
        return count;
    }

    /** Only to the end of a line: how to read the next one is known after the command was executed. */
    private int line(byte[] target, int offset, int length) {
        int count = 0;
        while (begin < end && count < length) {
            byte next = buffer[begin];
            if (next == '\n' && !afterCr) {
                bareLf = true;
                afterCr = true;
                target[offset + count++] = '\r';
                continue;
            }
            begin++;
            afterCr = next == '\r';
            target[offset + count++] = next;
            if (next == '\n') {
                break;
            }
        }
        return count;
    }
}
