package dev.tideline.sync.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * The value of a key, or an item of a list. A value of the wrong type is empty, and reported to the {@link
 * YamlReading}. A problem never quotes the value: it may come from the environment.
 */
record YamlValue(YamlReading reading, String path, Node node) {

    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    boolean isNull() {
        return node instanceof ScalarNode && Tag.NULL.equals(node.getTag());
    }

    /** Its kind, with an article. */
    String kind() {
        return node instanceof MappingNode ? "a mapping" : node instanceof SequenceNode ? "a list" : "a single value";
    }

    /** Whether it carries no tag of its own. */
    boolean plain() {
        if (PLAIN_TAGS.contains(node.getTag())) {
            return true;
        }
        problem("tags are not supported here", "Remove the text that begins with an exclamation mark.");
        return false;
    }

    /** A single value, with its variables filled in; may be blank. */
    Optional<String> scalar() {
        if (!(node instanceof ScalarNode scalar)) {
            problem("this must be a single value, not " + kind(), "");
            return Optional.empty();
        }
        return plain() ? reading.fill(node, path, scalar.getValue()) : Optional.empty();
    }

    /** A single value that is not blank. */
    Optional<String> text() {
        Optional<String> text = scalar();
        if (text.isPresent() && text.get().isBlank()) {
            problem("this is empty", "");
            return Optional.empty();
        }
        return text;
    }

    Optional<Integer> integer(int least, int most) {
        return text().flatMap(text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                problem("this must be a whole number from " + least + " to " + most, "");
                return Optional.empty();
            }
            return Optional.of(Integer.parseInt(text));
        });
    }

    Optional<Duration> duration(Duration least, Duration most) {
        return text().flatMap(text -> {
            Optional<Duration> duration = DurationText.parse(text);
            if (duration.isEmpty()) {
                problem("this is not a duration", "Write a number and its unit: 50ms, 60s, 2m or 1h.");
                return duration;
            }
            if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
                problem("this must be from " + DurationText.format(least) + " to " + DurationText.format(most), "");
                return Optional.empty();
            }
            return duration;
        });
    }

    /** The value for one of the given words. */
    <E> Optional<E> choice(Map<String, E> words) {
        return text().flatMap(text -> {
            if (!words.containsKey(text)) {
                problem("this must be " + String.join(" or ", new TreeSet<>(words.keySet())), "");
            }
            return Optional.ofNullable(words.get(text));
        });
    }

    private void problem(String what, String hint) {
        reading.problem(node, path, what, hint);
    }
}
