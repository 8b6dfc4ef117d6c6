package dev.tideline.mail.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;
import org.apache.james.mime4j.stream.ParserCursor;
import org.apache.james.mime4j.util.ByteSequence;
import org.apache.james.mime4j.util.ContentUtil;

/** Addresses as Inbucket writes them: {@code Name <a@b>}, or {@code <a@b>} without a name. */
public final class AddressText {

    private AddressText() {}

    /** An address of the envelope; empty for the null sender. */
    public static String ofEnvelope(String address) {
        return address.isEmpty() ? "" : "<" + address + ">";
    }

    /** The addresses of a header field, without groups; empty if none can be parsed. */
    static List<String> ofHeader(String value) {
        List<String> result = new ArrayList<>();
        try {
            // The parser's method for strings counts characters instead of bytes.
            ByteSequence bytes = ContentUtil.encode(StandardCharsets.UTF_8, value);
            AddressList addresses =
                    LenientAddressParser.DEFAULT.parseAddressList(bytes, new ParserCursor(0, bytes.length()));
            for (Mailbox mailbox : addresses.flatten()) {
                String text = write(mailbox);
                if (!text.isEmpty()) {
                    result.add(text);
                }
            }
        } catch (RuntimeException | StackOverflowError unreadable) {
            return List.of();
        }
        return result;
    }

    private static String write(Mailbox mailbox) {
        String address = mailbox.getAddress();
        String name = mailbox.getName() == null
                ? ""
                : HeaderField.decode(mailbox.getName()).strip();
        if (address == null || address.isBlank()) {
            return name;
        }
        return name.isEmpty() ? "<" + address + ">" : name + " <" + address + ">";
    }
}
