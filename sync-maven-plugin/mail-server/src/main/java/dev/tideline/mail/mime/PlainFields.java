package dev.tideline.mail.mime;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptorBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.RawField;

/**
 * Describes a body to the parser, which decides by that where parts end and how they are decoded, and does not
 * understand a comment, a quoted value, or a parameter in pieces.
 */
record PlainFields(BodyDescriptorBuilder library) implements BodyDescriptorBuilder {

    PlainFields() {
        this(new DefaultBodyDescriptorBuilder());
    }

    @Override
    public void reset() {
        library.reset();
    }

    /** Returns the field as it was, since the header is shown. */
    @Override
    public Field addField(RawField field) throws MimeException {
        library.addField(
                switch (field.getNameLowerCase()) {
                    case "content-type" ->
                        new RawField(field.getName(), structured(field).plain());
                    case "content-transfer-encoding" ->
                        new RawField(field.getName(), structured(field).value());
                    default -> field;
                });
        return field;
    }

    private static StructuredField structured(RawField field) {
        return StructuredField.of(field.getBody());
    }

    @Override
    public BodyDescriptor build() {
        return library.build();
    }

    @Override
    public BodyDescriptorBuilder newChild() {
        return new PlainFields(library.newChild());
    }
}
