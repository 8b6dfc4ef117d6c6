package dev.tideline.mail.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids such as {@code 20261122T193208-0042}, the form of Inbucket's file store: a time, so that ids of an earlier run do
 * not come again, and a number that only grows, so that "after this one" has an answer even when that one is gone.
 * Guarded by the store's lock.
 */
final class MessageIds {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
    private static final Pattern ID = Pattern.compile("\\d{8}T\\d{6}-(\\d{4,18})");

    private long last;

    String next(Instant now) {
        last++;
        return TIME.format(now) + "-" + String.format("%04d", last);
    }

    /** The growing number in an id; empty if the text is no id. */
    static OptionalLong sequence(String id) {
        Matcher matcher = ID.matcher(id);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }
}
