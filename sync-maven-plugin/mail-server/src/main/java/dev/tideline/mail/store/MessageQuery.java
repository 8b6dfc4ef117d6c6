package dev.tideline.mail.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Which messages are meant. A part that is absent lets every message pass.
 *
 * @param subject text that the subject contains, whatever its case
 * @param from text that the sender (name or address) contains, whatever its case
 * @param since where to begin, see {@link Since}
 */
public record MessageQuery(Optional<String> subject, Optional<String> from, Optional<Since> since)
        implements Predicate<MessageHeader> {

    /** Where a search begins: at a time, that moment included, or after a message. */
    public sealed interface Since {

        /**
         * Messages that arrived at this time or later.
         *
         * @param time the earliest moment
         */
        record AtOrAfter(Instant time) implements Since {}

        /**
         * Messages that arrived after this one. It need not exist any more.
         *
         * @param sequence the growing number of its id
         */
        record AfterMessage(long sequence) implements Since {}

        /**
         * Reads a message's id, milliseconds since 1970 or an ISO time such as {@code 2026-11-22T19:32:08.123Z}.
         *
         * @throws IllegalArgumentException if it is none of these
         */
        static Since parse(String text) {
            OptionalLong sequence = MessageIds.sequence(text);
            if (sequence.isPresent()) {
                return new AfterMessage(sequence.getAsLong());
            }
            try {
                return new AtOrAfter(
                        text.matches("\\d{1,15}") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text));
            } catch (java.time.format.DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "since is '" + text
                                + "'; it takes a message's id, milliseconds since 1970, or a time such as"
                                + " 2026-11-22T19:32:08.123Z",
                        e);
            }
        }
    }

    /** Returns whether the message arrived in the time that is meant, whatever its subject and sender. */
    public boolean inTime(MessageHeader header) {
        if (since.isEmpty()) {
            return true;
        }
        if (since.get() instanceof Since.AfterMessage after) {
            return MessageIds.sequence(header.id()).orElse(0) > after.sequence();
        }
        return !header.date().isBefore(((Since.AtOrAfter) since.get()).time());
    }

    @Override
    public boolean test(MessageHeader header) {
        return inTime(header) && contains(header.subject(), subject) && contains(header.from(), from);
    }

    private static boolean contains(String text, Optional<String> part) {
        return part.isEmpty()
                || text.toLowerCase(Locale.ROOT).contains(part.get().toLowerCase(Locale.ROOT));
    }
}
