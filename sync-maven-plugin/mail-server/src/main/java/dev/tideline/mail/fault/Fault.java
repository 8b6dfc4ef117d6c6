package dev.tideline.mail.fault;

import dev.tideline.mail.store.MailboxName;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A fault that some mail meets.
 *
 * @param recipient mail to this mailbox; empty for mail to anybody
 * @param sender mail whose envelope's sender contains this text, ignoring case; empty for mail from anybody
 * @param at the stage of the answer
 * @param code of the answer, 400 to 599; 0 to accept the mail after the delay
 * @param message the text after the code, in one line
 * @param delay before the answer; at most 5 minutes
 * @param times how often it happens; 0 for always
 */
public record Fault(
        Optional<MailboxName> recipient, String sender, Stage at, int code, String message, Duration delay, int times) {

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
    private static final int LONGEST_MESSAGE = 400;

    /** When a client gets this answer. */
    public enum Stage {
        /** At {@code RCPT TO}: other recipients of the same message are not affected. */
        RECIPIENT,
        /** After the message was sent: nobody gets it. */
        DATA;

        /** The name in the API. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Rejects faults that cannot be answered to a client. */
    public Fault {
        if (code != 0 && (code < 400 || code > 599)) {
            throw new IllegalArgumentException(
                    "code is " + code + "; it takes 400 to 499 for a failure that may be tried"
                            + " again, 500 to 599 for one that may not, or 0 for none");
        }
        if (delay.isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
            throw new IllegalArgumentException(
                    "delay_ms is " + delay.toMillis() + "; it takes 0 to " + LONGEST_DELAY.toMillis());
        }
        if (code == 0 && delay.isZero()) {
            throw new IllegalArgumentException("this changes nothing; give a code, a delay_ms or both");
        }
        if (times < 0) {
            throw new IllegalArgumentException("times is " + times + "; it takes 1 or more, or 0 for always");
        }
        if (message.length() > LONGEST_MESSAGE || message.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("message takes one line of at most " + LONGEST_MESSAGE + " characters");
        }
    }

    boolean concerns(Stage stage, String from, MailboxName mailbox) {
        return at == stage
                && recipient.map(mailbox::equals).orElse(true)
                && from.toLowerCase(Locale.ROOT).contains(sender.toLowerCase(Locale.ROOT));
    }
}
