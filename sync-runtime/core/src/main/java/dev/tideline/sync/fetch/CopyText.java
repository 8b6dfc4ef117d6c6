package dev.tideline.sync.fetch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads single fields from a row in COPY's text format, without looking at the rest of the row. */
public final class CopyText {

    private CopyText() {}

    /** The first fields of a row, decoded. None of them may be NULL. */
    public static List<String> firstFields(byte[] row, int count) {
        List<String> fields = new ArrayList<>(count);
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        int at = 0;
        while (fields.size() < count) {
            byte b = at < row.length ? row[at] : (byte) '\n';
            if (b == '\t' || b == '\n') {
                fields.add(field.toString(StandardCharsets.UTF_8));
                field.reset();
            } else if (b == '\\') {
                at++;
                field.write(unescape(row[at]));
            } else {
                field.write(b);
            }
            at++;
        }
        return fields;
    }

    /** Whether the boolean after the first {@code skip} fields is true. */
    public static boolean flagAfter(byte[] row, int skip) {
        int at = 0;
        for (int tabs = 0; tabs < skip; at++) {
            if (row[at] == '\t') { // a tab within a value is written as \t
                tabs++;
            }
        }
        return row[at] == 't';
    }

    /**
     * What COPY TO writes after a backslash. It never writes the octal and hexadecimal forms that COPY FROM accepts.
     */
    private static int unescape(byte escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> escaped;
        };
    }
}
