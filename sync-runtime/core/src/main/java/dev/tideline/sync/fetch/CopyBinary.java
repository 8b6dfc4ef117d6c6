package dev.tideline.sync.fetch;

import dev.tideline.sync.mapping.Column;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * COPY's binary format: a header, rows, a trailer. A row is the number of its fields (16 bits), then length (32 bits; -1
 * for NULL) and bytes of each. The server sends the header together with the first row, and each row as a message.
 */
public final class CopyBinary {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};

    private static final byte[] TRAILER = {(byte) 0xff, (byte) 0xff};

    private static final Set<String> READABLE = Set.of("smallint", "integer", "bigint", "text", "uuid");

    private CopyBinary() {}

    /** Whether values of this column can be decoded to text. */
    static boolean readable(Column column) {
        String type = CopyFormat.withoutModifiers(column);
        return READABLE.contains(type) || type.equals("character varying");
    }

    /** The header that COPY … FROM STDIN expects: signature, no flags, no extension. */
    public static byte[] header() {
        return ByteBuffer.allocate(SIGNATURE.length + 8).put(SIGNATURE).array();
    }

    public static byte[] trailer() {
        return TRAILER.clone();
    }

    /** The first message without the header; possibly empty. */
    static byte[] afterHeader(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        in.position(SIGNATURE.length + 4);
        int extension = in.getInt();
        in.position(in.position() + extension);
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }

    static boolean isTrailer(byte[] message) {
        return message.length == 2 && message[0] == TRAILER[0] && message[1] == TRAILER[1];
    }

    static List<String> firstFields(byte[] row, List<Column> columns) {
        ByteBuffer in = ByteBuffer.wrap(row);
        in.getShort();
        List<String> fields = new ArrayList<>(columns.size());
        for (Column column : columns) {
            byte[] value = new byte[in.getInt()];
            in.get(value);
            fields.add(text(value, CopyFormat.withoutModifiers(column)));
        }
        return fields;
    }

    static boolean flagAfter(byte[] row, int skip) {
        ByteBuffer in = ByteBuffer.wrap(row);
        in.getShort();
        for (int i = 0; i < skip; i++) {
            int length = in.getInt();
            in.position(in.position() + Math.max(0, length));
        }
        in.getInt();
        return in.get() != 0;
    }

    private static String text(byte[] value, String type) {
        ByteBuffer in = ByteBuffer.wrap(value);
        return switch (type) {
            case "smallint" -> String.valueOf(in.getShort());
            case "integer" -> String.valueOf(in.getInt());
            case "bigint" -> String.valueOf(in.getLong());
            case "uuid" -> new UUID(in.getLong(), in.getLong()).toString();
            default -> new String(value, StandardCharsets.UTF_8);
        };
    }
}
