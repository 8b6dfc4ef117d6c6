package dev.tideline.mail.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.internal.server.BaseCommand;
import org.subethamail.smtp.server.Session;

/**
 * {@code BDAT} of RFC 3030. A rejected chunk is skipped, since it is on its way already; the library's own command
 * would interpret it as commands.
 */
final class ChunkCommand extends BaseCommand {

    private static final Pattern SYNTAX = Pattern.compile("(?i)BDAT\\s+(\\d{1,18})(\\s+LAST)?\\s*");

    ChunkCommand() {
        super("BDAT", "So many bytes are a part of the message.", "<bytes> [LAST]");
    }

    @Override
    public void execute(String line, Session session) throws IOException, DropConnectionException {
        Matcher syntax = SYNTAX.matcher(line);
        if (!syntax.matches()) {
            // It is unknown how much of what follows is no command.
            throw new DropConnectionException(501, "5.5.4 BDAT takes a number of bytes, and LAST with the last chunk");
        }
        boolean last = syntax.group(2) != null;
        CommandLines lines = CommandSocket.linesOf(session);
        lines.beginBytes();
        try (Chunk chunk = new Chunk(session.getRawInput(), Long.parseLong(syntax.group(1)))) {
            session.sendResponse(take(chunk, last, session));
        } finally {
            lines.endContent();
        }
    }

    private static String take(Chunk chunk, boolean last, Session session) throws IOException {
        if (!session.isMailTransactionInProgress() || session.getRecipientCount() == 0) {
            chunk.close();
            return "503 5.5.1 BDAT needs a sender and a recipient that were accepted; the chunk was skipped";
        }
        Delivery delivery = (Delivery) session.getMessageHandler();
        try {
            delivery.take(chunk);
            if (!last) {
                return "250 2.0.0 " + chunk.size + " bytes received";
            }
            String accepted = "250 " + delivery.deliver();
            session.resetMailTransaction();
            return accepted;
        } catch (RejectException e) {
            chunk.close();
            session.resetMailTransaction();
            return e.getErrorResponse();
        }
    }

    /** A number of bytes of a connection; closing it reads the rest and leaves the connection open. */
    private static final class Chunk extends InputStream {
        private final InputStream in;
        private final long size;
        private long left;

        Chunk(InputStream in, long size) {
            this.in = in;
            this.size = size;
            this.left = size;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(length, left));
            left = count < 0 ? 0 : left - count;
            return count;
        }

        @Override
        public void close() throws IOException {
            transferTo(OutputStream.nullOutputStream());
        }
    }
}
