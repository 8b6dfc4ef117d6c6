package dev.tideline.sync.config;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong with a configuration, said in a way that a person can act on.
 *
 * @param file as the user named it; empty when there is none
 * @param line from 1; 0 when unknown
 * @param column from 1; 0 when unknown
 * @param path the key, such as {@code mappings.users.table}; empty for the whole file
 * @param what what is wrong, in one sentence without the full stop
 * @param hint what to do next, in whole sentences; empty when {@code what} says it all
 */
public record Problem(Optional<String> file, int line, int column, String path, String what, String hint) {

    public Problem {
        Objects.requireNonNull(file, "file");
        file = file.map(Problem::printable);
        path = printable(path);
        what = printable(what);
        hint = printable(hint);
    }

    /** A problem that is tied to no file. */
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

    /** {@link #message()}. */
    @Override
    public String toString() {
        return message();
    }

    /** What a file holds must not be able to drive the terminal on which it is shown. */
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
