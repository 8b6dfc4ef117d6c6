package dev.tideline.maven.mail.mime;

import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.dom.address.AddressList;
import org.apache.james.mime4j.dom.address.Mailbox;
import org.apache.james.mime4j.field.address.LenientAddressParser;

/** Addresses as Inbucket writes them: {@code Name <a@b>}, or {@code <a@b>} where there is no name. */
public final class AddressText {

    private AddressText() {}

    /** Writes an address of the envelope; empty for the null sender. */
    public static String ofEnvelope(String address) {
        return address.isEmpty() ? "" : "<" + address + ">";
    }

    /** Reads the addresses of a header field, groups taken apart; empty if there is none that can be read. */
    static List<String> ofHeader(String value) {
        List<String> result = new ArrayList<>();
        try {
            AddressList addresses = LenientAddressParser.DEFAULT.parseAddressList(value);
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
