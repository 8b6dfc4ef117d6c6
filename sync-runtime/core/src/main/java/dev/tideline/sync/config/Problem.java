package dev.tideline.sync.config;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong with a configuration, in words that a person can act on.
 *
 * @param file as the user named it; empty if there is none
 * @param line from 1; 0 if unknown
 * @param column from 1; 0 if unknown
 * @param path the key, such as {@code mappings.users.table}; empty for the whole file
 * @param what what is wrong, in one sentence without the full stop
 * @param hint what to do next, in whole sentences; empty if {@code what} says it all
 */
public record Problem(Optional<String> file, int line, int column, String path, String what, String hint) {

    public Problem {
        Objects.requireNonNull(file, "file");
        file = file.map(Problem::printable);
        path = printable(path);
        what = printable(what);
        hint = printable(hint);
    }

    /** A problem without a file. */
    public static Problem of(String what, String hint) {
        return new Problem(Optional.empty(), 0, 0, "", what, hint);
    }

    /** {@code tideline.yaml:12:5 mappings.users.tabel: unknown key. Did you mean "table"?} */
    public String message() {
        StringBuilder text = new StringBuilder();
        file.ifPresent(name -> {
            text.append(name);
            if (line > 0) {
                text.append(':').append(line).append(':').append(column);
            }
            text.append(path.isEmpty() ? ": " : " ");
        });
        if (!path.isEmpty()) {
            text.append(path).append(": ");
        }
        text.append(what);
        if (!hint.isEmpty()) {
            text.append(". ").append(hint);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return message();
    }

    /** Replaces control characters: a file must not be able to control the terminal that shows it. */
    public static String printable(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                clean.append(' ');
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                clean.append(String.format("\\u%04x", c));
            } else {
                clean.appendCodePoint(c);
            }
        });
        return clean.toString();
    }
}
