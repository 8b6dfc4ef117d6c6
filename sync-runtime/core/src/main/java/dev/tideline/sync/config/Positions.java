package dev.tideline.sync.config;

import java.util.Map;
import java.util.Optional;

/**
 * The positions of a file's keys, so that problems found later, against the live source, can name file and line.
 * Immutable.
 *
 * @param file as the user named it; empty for a configuration built in code
 * @param marks of the keys, by {@linkplain ConfigPath path}
 * @param texts positions, by path, of values that the file contains literally: of their first character, or, for a
 *     value that begins below its key, of the first character of its first line
 */
public record Positions(Optional<String> file, Map<String, Mark> marks, Map<String, Text> texts) {

    /** For a configuration that was built in code. */
    public static final Positions NONE = new Positions(Optional.empty(), Map.of(), Map.of());

    /** Line and column, both from 1. */
    public record Mark(int line, int column) {}

    /**
     * Where a value's text is in the file.
     *
     * @param indent number of characters before each of its lines except the first; 0 for a single line
     */
    public record Text(Mark start, int indent) {}

    public Positions {
        marks = Map.copyOf(marks);
        texts = Map.copyOf(texts);
    }

    /**
     * A problem within a value.
     *
     * @param line of the value's text, from 1
     * @param column of that line, from 1
     */
    public Problem problemInText(String path, int line, int column, String what, String hint) {
        Text text = texts.get(path);
        if (text == null) {
            return problem(path, what + " (line " + line + ", column " + column + " of this text)", hint);
        }
        int before = line == 1 ? text.start().column() - 1 : text.indent();
        return new Problem(file, text.start().line() + line - 1, before + column, path, what, hint);
    }

    /** A problem at this path, or at the nearest path above it that has a position. */
    public Problem problem(String path, String what, String hint) {
        Mark mark = nearest(path);
        return new Problem(file, mark.line(), mark.column(), path, what, hint);
    }

    private Mark nearest(String path) {
        String at = path;
        while (!at.isEmpty()) {
            Mark mark = marks.get(at);
            if (mark != null) {
                return mark;
            }
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return new Mark(0, 0);
    }
}
