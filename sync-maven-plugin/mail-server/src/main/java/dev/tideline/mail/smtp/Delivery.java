package dev.tideline.mail.smtp;

import dev.tideline.mail.fault.Fault;
import dev.tideline.mail.fault.Faults;
import dev.tideline.mail.mime.MessageSummary;
import dev.tideline.mail.store.IncomingMessage;
import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.store.MailboxName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/** One mail transaction: sender, recipients, data. Used by one thread. */
final class Delivery implements MessageHandler {

    private static final int CHUNK = 16 * 1024;

    /** Kilobytes that a chunk occupies while its message arrives. */
    private static final int TAKEN = 3 * CHUNK / 1024;

    private final MessageContext context;
    private final MailStore store;
    private final Faults faults;
    private final int maximumBytes;
    private final InFlightBytes inFlight;
    private final Map<String, MailboxName> recipients = new LinkedHashMap<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private String sender = "";
    private int taken;

    Delivery(MessageContext context, MailStore store, Faults faults, int maximumBytes, InFlightBytes inFlight) {
        this.context = context;
        this.store = store;
        this.faults = faults;
        this.maximumBytes = maximumBytes;
        this.inFlight = inFlight;
    }

    @Override
    public void from(String address) {
        sender = address;
    }

    @Override
    public void recipient(String address) throws RejectException {
        MailboxName mailbox = mailbox(address);
        happen(Fault.Stage.RECIPIENT, List.of(mailbox));
        recipients.put(address, mailbox);
    }

    private static MailboxName mailbox(String address) throws RejectException {
        try {
            return MailboxName.of(address);
        } catch (IllegalArgumentException e) {
            throw new RejectException(553, "5.1.3 Cannot take this recipient: " + e.getMessage());
        }
    }

    private void happen(Fault.Stage stage, Collection<MailboxName> mailboxes) throws RejectException {
        Optional<Fault> fault = faults.happen(stage, sender, mailboxes);
        if (fault.isPresent()) {
            throw new RejectException(fault.get().code(), fault.get().message());
        }
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
        try {
            take(data);
            return deliver();
        } catch (RejectException e) {
            // The rest is skipped, and the transaction ended: the library leaves it open after a rejection.
            data.transferTo(OutputStream.nullOutputStream());
            if (context instanceof Session session) {
                session.resetMailTransaction();
            }
            throw e;
        }
    }

    /** Reads a part of the message, to the end of the stream unless it is rejected. */
    void take(InputStream part) throws RejectException, IOException {
        byte[] buffer = new byte[CHUNK];
        for (int n = part.read(buffer); n >= 0; n = part.read(buffer)) {
            if (received.size() + n > maximumBytes) {
                throw new RejectException(
                        552, SizedMailCommand.tooLarge(maximumBytes).substring(4));
            }
            // A growing buffer takes up to twice its content, and is copied once at the end.
            if (!inFlight.take(TAKEN)) {
                throw new RejectException(452, "4.3.1 Too much mail is arriving at once, try again");
            }
            taken += TAKEN;
            received.write(buffer, 0, n);
        }
    }

    /** Puts the received message into the mailboxes. */
    String deliver() throws RejectException {
        happen(Fault.Stage.DATA, recipients.values());
        store(HeaderlessMail.completed(received.toByteArray()));
        return "2.0.0 Mail accepted for delivery";
    }

    private void store(byte[] source) {
        List<String> addresses = new ArrayList<>(recipients.keySet());
        MessageSummary summary = MessageSummary.read(source, sender, addresses);
        store.deliver(
                new IncomingMessage(summary.from(), summary.to(), summary.subject(), source),
                recipients.values(),
                this::trace);
    }

    private String trace(MailboxName mailbox, Instant now) {
        String client =
                ((InetSocketAddress) context.getRemoteAddress()).getAddress().getHostAddress();
        String received = DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC));
        return "Return-Path: <" + oneLine(sender) + ">\r\nReceived: from "
                + oneLine(context.getHelo().orElse("unknown"))
                + " ([" + client + "]) by localhost\r\n  for <"
                + oneLine(mailbox.value()) + ">; " + received + "\r\n";
    }

    /** Client input must not become a separate header line. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}", "");
    }

    @Override
    public void done() {
        received.reset();
        inFlight.giveBack(taken);
        taken = 0;
    }
}
