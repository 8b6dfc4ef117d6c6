package dev.tideline.mail.mime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;

/**
 * What a list shows of a message, from its header only.
 *
 * @param from the From header's first address, or the envelope's sender
 * @param to the To header's addresses, or the envelope's recipients
 * @param subject decoded, empty if there is none
 */
public record MessageSummary(String from, List<String> to, String subject) {

    /**
     * Parses the header of a message.
     *
     * @param sender the envelope's sender, empty for the null sender
     * @param recipients the envelope's recipients
     */
    public static MessageSummary read(byte[] source, String sender, List<String> recipients) {
        String from = "";
        List<String> to = List.of();
        String subject = "";
        for (HeaderField field : header(source)) {
            switch (field.name()) {
                case "From" -> from = from.isEmpty() ? first(AddressText.ofHeader(field.value())) : from;
                case "To" -> to = to.isEmpty() ? AddressText.ofHeader(field.value()) : to;
                case "Subject" -> subject = subject.isEmpty() ? field.decoded() : subject;
                default -> {
                    // The rest is read when somebody asks for the message.
                }
            }
        }
        return new MessageSummary(
                from.isEmpty() ? AddressText.ofEnvelope(sender) : from,
                to.isEmpty() ? recipients.stream().map(AddressText::ofEnvelope).toList() : to,
                subject);
    }

    private static String first(List<String> addresses) {
        return addresses.isEmpty() ? "" : addresses.get(0);
    }

    private static List<HeaderField> header(byte[] source) {
        List<HeaderField> fields = new ArrayList<>();
        MimeTokenStream stream = new MimeTokenStream(Lenient.CONFIG);
        stream.parse(new ByteArrayInputStream(source));
        try {
            while (stream.getState() != EntityState.T_END_HEADER && stream.getState() != EntityState.T_END_OF_STREAM) {
                if (stream.getState() == EntityState.T_FIELD) {
                    fields.add(HeaderField.of(stream.getField()));
                }
                stream.next();
            }
        } catch (MimeException | IOException | RuntimeException broken) {
            // The fields before the break are what there is.
            return fields;
        }
        return fields;
    }
}
