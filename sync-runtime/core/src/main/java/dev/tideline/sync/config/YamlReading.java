package dev.tideline.sync.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The shared state while one file is read: the problems found so far, and the positions of all keys. Not thread-safe.
 */
final class YamlReading {

    private final String file;
    private final List<String> lines;
    private final EnvironmentText environment;
    private final Map<String, Positions.Mark> marks = new HashMap<>();
    private final Map<String, Positions.Text> texts = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    YamlReading(String file, List<String> lines, EnvironmentText environment) {
        this.file = file;
        this.lines = lines;
        this.environment = environment;
    }

    void place(String path, Node node) {
        marks.put(path, markOf(node));
    }

    static Positions.Mark markOf(Node node) {
        return node.getStartMark()
                .map(mark -> new Positions.Mark(mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(new Positions.Mark(0, 0));
    }

    /** A problem with a key or its value, shown at the key, like problems that the source has with it. */
    void problem(Node node, String path, String what, String hint) {
        problemAt(marks.getOrDefault(path, markOf(node)), path, what, hint);
    }

    /** A problem with exactly this node. */
    void problemHere(Node node, String path, String what, String hint) {
        problemAt(markOf(node), path, what, hint);
    }

    private void problemAt(Positions.Mark mark, String path, String what, String hint) {
        problems.add(new Problem(Optional.of(file), mark.line(), mark.column(), path, what, hint));
    }

    /** A problem with a key missing from a section, shown at the section's own key. */
    void problemBelow(String section, Node node, String path, String what, String hint) {
        problemAt(marks.getOrDefault(section, markOf(node)), path, what, hint);
    }

    /** Reports a text that Postgres cannot store, or a name that it cannot have. */
    void refuseNul(Node node, String path, String text) {
        if (text.indexOf('\0') >= 0) {
            problem(
                    node,
                    path,
                    "this contains the character U+0000, which no text in Postgres can contain",
                    "Remove it.");
        }
    }

    /** The text with its variables filled in; empty if that is impossible, which is noted. */
    Optional<String> fill(Node node, String path, String raw) {
        int before = problems.size();
        String filled = environment.fill(raw, (what, hint) -> problem(node, path, what, hint));
        refuseNul(node, path, filled);
        if (filled.equals(raw) && node instanceof ScalarNode scalar) {
            TextPlace.of(scalar, lines).ifPresent(place -> texts.put(path, place));
        }
        return problems.size() == before ? Optional.of(filled) : Optional.empty();
    }

    boolean failed() {
        return !problems.isEmpty();
    }

    List<Problem> problems() {
        return problems;
    }

    Positions positions() {
        return new Positions(Optional.of(file), marks, texts);
    }
}
