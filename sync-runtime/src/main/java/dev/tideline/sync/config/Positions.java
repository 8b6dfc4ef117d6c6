package dev.tideline.sync.config;

import java.util.Map;
import java.util.Optional;

/**
 * Where the keys of a file stand, so that what is found wrong later, against the live source, can still name file and
 * line. Immutable.
 *
 * @param file as the user named it; empty for a configuration that was built in code
 * @param marks by {@linkplain ConfigPath path}
 */
public record Positions(Optional<String> file, Map<String, Mark> marks) {

    /** For a configuration that was built in code. */
    public static final Positions NONE = new Positions(Optional.empty(), Map.of());

    /** Line and column, both from 1. */
    public record Mark(int line, int column) {}

    public Positions {
        marks = Map.copyOf(marks);
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
