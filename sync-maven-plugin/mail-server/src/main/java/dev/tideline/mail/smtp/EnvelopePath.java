package dev.tideline.mail.smtp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.subethamail.smtp.internal.util.EmailUtils;

/**
 * The argument of {@code MAIL FROM:} or {@code RCPT TO:}.
 *
 * @param address between the angle brackets, or the first word if there are none
 * @param parameters what follows
 */
record EnvelopePath(String address, String parameters) {

    /** A quoted local part may contain characters that end an address elsewhere. */
    private static final Pattern BRACKETED =
            Pattern.compile("\\s*<\\s*((?:\"(?:\\\\.|[^\"\\\\])*+\"|[^\"<>])*?)\\s*>(.*)");

    static EnvelopePath parse(String text) {
        Matcher bracketed = BRACKETED.matcher(text);
        if (bracketed.matches()) {
            return new EnvelopePath(bracketed.group(1), bracketed.group(2));
        }
        String address = EmailUtils.extractEmailAddress(text, 0);
        int end = text.indexOf(address) + address.length();
        return new EnvelopePath(address, text.substring(end));
    }
}
