package dev.tideline.testkit;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A mail, as it was when it was fetched. Immutable.
 *
 * @param mailbox name of its mailbox
 * @param id unique within the mailbox
 * @param from sender, as {@code Name <a@b>} or {@code <a@b>}
 * @param to recipients of the {@code To} field in the same form
 * @param subject decoded
 * @param date when it arrived, or was sent, according to the server
 * @param size of the source, in bytes
 * @param seen whether somebody marked it as read
 * @param content text, header fields and attachments; empty if it was fetched with {@link Mailbox.Fetch#NO_BODY}
 */
public record MailMessage(
        String mailbox,
        String id,
        String from,
        List<String> to,
        String subject,
        Instant date,
        long size,
        boolean seen,
        Optional<MailContent> content) {

    public MailMessage {
        Objects.requireNonNull(content, "content");
        to = List.copyOf(to);
    }

    /**
     * The plain text; empty if the mail has none.
     *
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public String text() {
        return inside().text();
    }

    /**
     * The HTML; empty if the mail has none.
     *
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public String html() {
        return inside().html();
    }

    /**
     * The values of a header field, in any case of its name, in the order of the mail.
     *
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public List<String> header(String name) {
        return inside().headers().getOrDefault(name, List.of());
    }

    /**
     * The attached files in the order of the mail.
     *
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public List<MailAttachment> attachments() {
        return inside().attachments();
    }

    /**
     * The web addresses that a reader can follow: targets of links in the HTML, and addresses in the plain text. Each
     * once, those of the HTML first, in the order of the mail.
     *
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public List<URI> links() {
        return MailText.links(inside());
    }

    /** Addresses of links, pictures and style sheets, valid or not. */
    List<String> addresses() {
        return MailText.addresses(inside());
    }

    /**
     * The one link that contains a text, such as {@code /verify?}.
     *
     * @throws AssertionError if there is none or more than one; lists the existing links
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public URI link(String part) {
        List<URI> all = links();
        return only(
                all.stream().filter(link -> link.toString().contains(part)).toList(),
                "link with '" + part + "'",
                all,
                "links");
    }

    /**
     * The one-time codes: separate numbers of 4 to 8 digits in what a reader sees, also written in two halves ({@code
     * 123-456}, {@code 123 456}). Each once, digits only, in the order of the mail.
     *
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public List<String> codes() {
        return MailText.codes(inside());
    }

    /**
     * The digits of the only code.
     *
     * @throws AssertionError if there is none or more than one
     * @throws IllegalStateException if the mail was fetched without its body
     */
    public String code() {
        List<String> all = codes();
        return only(all, "code of 4 to 8 digits", all, "codes");
    }

    /** All metadata that is the same in every run, to be compared as a whole. */
    public MailSnapshot snapshot() {
        return MailSnapshot.of(this);
    }

    /** In one line, as failures show it. */
    @Override
    public String toString() {
        return "\"" + subject + "\" from " + from + " to " + String.join(", ", to) + " at " + date;
    }

    private MailContent inside() {
        return content.orElseThrow(() -> new IllegalStateException(
                "The mail \"" + subject + "\" was fetched without its body: leave out NO_BODY to read inside it"));
    }

    private <T> T only(List<T> found, String what, List<T> all, String plural) {
        if (found.size() == 1) {
            return found.get(0);
        }
        String list = all.isEmpty()
                ? "it has no " + plural
                : "its " + plural + " are"
                        + all.stream().map(each -> "\n  " + each).collect(Collectors.joining());
        throw new AssertionError("The mail \"" + subject + "\" should have one " + what + " and has "
                + (found.isEmpty() ? "none" : found.size()) + "; " + list);
    }
}
