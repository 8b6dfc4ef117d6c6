package dev.tideline.directory.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Checks of single fields; each error names the field. */
public final class Check {

    private Check() {}

    /** A required value. */
    public static <T> T required(T value, String field) {
        if (value == null) {
            throw ApiException.schema(field, "is required");
        }
        return value;
    }

    /** A required text, not blank, of at most this many characters. */
    public static String text(String value, String field, int longest) {
        required(value, field);
        if (value.isBlank()) {
            throw ApiException.schema(field, "must not be empty");
        }
        if (value.length() > longest) {
            throw ApiException.schema(field, "must have at most " + longest + " characters, and has " + value.length());
        }
        if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw ApiException.schema(field, "must not contain the character NUL, nor half of a surrogate pair");
        }
        return value;
    }

    /** A field of a PATCH that is optional but not nullable. */
    public static Optional<String> textIfSent(Optional<String> value, String field, int longest) {
        return value == null ? Optional.empty() : Optional.of(text(value.orElse(null), field, longest));
    }

    /** A field of a PATCH that is optional, and nullable to clear it. */
    public static Optional<String> textOrNull(Optional<String> value, String field, int longest) {
        return value == null ? null : value.map(text -> text(text, field, longest));
    }

    /** A whole number in the query. */
    public static int number(String value, String field, int least, int most) {
        int number;
        try {
            number = Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw ApiException.schema(field, "must be a whole number, and is " + value);
        }
        if (number < least || number > most) {
            throw ApiException.schema(field, "must be between " + least + " and " + most + ", and is " + number);
        }
        return number;
    }
}
