package dev.tideline.mail.store;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The name of a mailbox, by Inbucket's "local" rule: of an address only the local part counts, in lower case and cut at
 * the first {@code +}. So {@code Jane+signup@example.com}, {@code jane@localhost} and {@code JANE} are one mailbox.
 *
 * <p>Unlike Inbucket it accepts quoted and non-ASCII local parts, since every recipient is accepted. The name of a mailbox
 * is also one of its addresses: a local part that could be mistaken for something else, such as {@code "a@b"} in
 * {@code "a@b"@example.com}, keeps its quotes.
 *
 * @param value the canonical name, never empty
 */
public record MailboxName(String value) {

    /** Longest accepted address, in characters: the 64 + 1 + 255 of RFC 3696, as in Inbucket. */
    public static final int LONGEST_ADDRESS = 320;

    /**
     * The mailbox of an address such as {@code jane+x@example.com}, or of a bare name such as {@code jane}.
     *
     * @throws IllegalArgumentException if it has no local part, a control character or more than {@value
     *     #LONGEST_ADDRESS} characters; the message can be shown to the sender of the address
     */
    public static MailboxName of(String address) {
        if (address.length() > LONGEST_ADDRESS) {
            throw new IllegalArgumentException("address is longer than " + LONGEST_ADDRESS + " characters");
        }
        String local = localPart(withoutRoute(address.strip()));
        if (local.isEmpty()) {
            throw new IllegalArgumentException("address has no local part");
        }
        if (local.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("address has a control character");
        }
        String name = Normalizer.normalize(local, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        int plus = name.indexOf('+');
        // A local part that begins with + would become empty, so it stays whole.
        return new MailboxName(quotedIfNeeded(plus > 0 ? name.substring(0, plus) : name));
    }

    private static String quotedIfNeeded(String local) {
        boolean plain = local.equals(local.strip()) && local.chars().noneMatch(c -> c == '@' || c == '"');
        return plain ? local : '"' + local.replaceAll("[\\\\\"]", "\\\\$0") + '"';
    }

    /** {@code @a,@b:jane@c}: the source route of RFC 821, to be ignored according to RFC 5321. */
    private static String withoutRoute(String address) {
        int colon = address.startsWith("@") ? address.indexOf(':') : -1;
        return colon < 0 ? address : address.substring(colon + 1);
    }

    private static String localPart(String address) {
        if (!address.startsWith("\"")) {
            int at = address.lastIndexOf('@');
            return at < 0 ? address : address.substring(0, at);
        }
        StringBuilder unquoted = new StringBuilder();
        for (int i = 1; i < address.length() && address.charAt(i) != '"'; i++) {
            if (address.charAt(i) == '\\' && i + 1 < address.length()) {
                i++;
            }
            unquoted.append(address.charAt(i));
        }
        return unquoted.toString();
    }

    @Override
    public String toString() {
        return value;
    }
}
