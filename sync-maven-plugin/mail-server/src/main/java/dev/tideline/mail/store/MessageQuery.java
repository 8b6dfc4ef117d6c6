package dev.tideline.mail.store;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Selects messages. An absent criterion matches every message.
 *
 * @param subject text that the subject contains, ignoring case
 * @param from text that the sender (name or address) contains, ignoring case
 * @param since see {@link Since}
 */
public record MessageQuery(Optional<String> subject, Optional<String> from, Optional<Since> since)
        implements Predicate<MessageHeader> {

    /** The start of a search: at a time, inclusive, or after a message. */
    public sealed interface Since {

        /** Messages that arrived at this time or later. */
        record AtOrAfter(Instant time) implements Since {}

        /**
         * Messages that arrived after this one, which may be deleted.
         *
         * @param sequence the growing number of its id
         */
        record AfterMessage(long sequence) implements Since {}

        /**
         * Parses a message's id, milliseconds since 1970 or an ISO time such as {@code 2026-11-22T19:32:08.123Z}.
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

    /** Whether the message arrived in the selected time, whatever its subject and sender. */
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
