package dev.tideline.mail.store;

import java.time.Instant;
import java.util.List;

/**
 * An entry of a mailbox's list.
 *
 * @param id unique over all mailboxes and never used again; ASCII without spaces, fit for a POP3 UIDL
 * @param from sender, as {@code Name <a@b>} or {@code <a@b>}
 * @param to recipients of the To header (of the envelope if there is none), in the same form
 * @param subject decoded subject, empty if there is none
 * @param date when the message arrived, in whole milliseconds
 * @param size bytes of the source as stored
 * @param seen whether a client marked it as seen
 */
public record MessageHeader(
        MailboxName mailbox,
        String id,
        String from,
        List<String> to,
        String subject,
        Instant date,
        long size,
        boolean seen) {

    public MessageHeader {
        to = List.copyOf(to);
    }

    MessageHeader markedSeen() {
        return new MessageHeader(mailbox, id, from, to, subject, date, size, true);
    }
}
