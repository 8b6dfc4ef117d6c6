package dev.tideline.directory.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/**
 * A message with the same id in each attempt, which asks for permission at the last moment: when all of it is written
 * except the line that ends it. Before that line a mail server accepts nothing.
 */
final class OutgoingMessage extends MimeMessage {

    private final UUID id;
    private final BooleanSupplier leave;
    private boolean written;
    private boolean overtaken;

    OutgoingMessage(Session session, UUID id, BooleanSupplier leave) {
        super(session);
        this.id = id;
        this.leave = leave;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", "<" + id + "@directory.tideline>");
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoreList) throws IOException, MessagingException {
        super.writeTo(out, ignoreList);
        out.flush();
        if (!leave.getAsBoolean()) {
            overtaken = true;
            throw new IOException("another worker has this mail by now");
        }
        written = true;
    }

    /** Whether the mail server may have it. */
    boolean written() {
        return written;
    }

    boolean overtaken() {
        return overtaken;
    }
}
