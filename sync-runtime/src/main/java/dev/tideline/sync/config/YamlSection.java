package dev.tideline.sync.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One YAML mapping, read key by key. A value that is missing or wrong is noted in the {@link YamlReading} and stands in
 * as something harmless, so that the rest of the file is still looked at; nobody may use the result once the reading has
 * failed. Values are never quoted in a problem, only names: a value may come from the environment.
 */
final class YamlSection {

    static final String UNKNOWN_KEY = "unknown key";

    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    private final YamlReading reading;
    private final String path;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keyNodes = new LinkedHashMap<>();
    /** Known keys that an unknown one probably means: they are not reported as missing too. */
    private final Set<String> misspelt = new TreeSet<>();

    private YamlSection(YamlReading reading, String path, Node node) {
        this.reading = reading;
        this.path = path;
        this.node = node;
    }

    /** A mapping whose keys are these and no others. */
    static YamlSection of(YamlReading reading, String path, Node node, String... keys) {
        YamlSection section = free(reading, path, node);
        Set<String> known = new TreeSet<>(List.of(keys));
        section.values.forEach((key, value) -> {
            if (!known.contains(key)) {
                NearestName.of(key, known).ifPresent(section.misspelt::add);
                reading.problem(
                        section.keyNode(key),
                        section.at(key),
                        UNKNOWN_KEY,
                        NearestName.hint(key, known, "Known here: " + String.join(", ", known) + "."));
            }
        });
        return section;
    }

    /** A mapping whose keys are names that the user chose. */
    static YamlSection free(YamlReading reading, String path, Node node) {
        YamlSection section = new YamlSection(reading, path, node);
        if (node instanceof MappingNode mapping) {
            if (section.plain(path, node)) {
                mapping.getValue().forEach(section::add);
            }
        } else if (!isNull(node)) {
            reading.problem(node, path, "this must be a mapping (key: value), not " + kind(node), "");
        }
        return section;
    }

    private void add(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            reading.problem(
                    entry.getKeyNode(), path, "a key must be a plain name, not " + kind(entry.getKeyNode()), "");
            return;
        }
        String name = key.getValue();
        Node first = keyNodes.putIfAbsent(name, key);
        if (first != null) {
            reading.problem(
                    key,
                    at(name),
                    "this key stands here twice, first in line "
                            + YamlReading.markOf(first).line(),
                    "Keep one of the two.");
            return;
        }
        reading.place(at(name), key);
        values.put(name, entry.getValueNode());
    }

    private Node keyNode(String key) {
        return keyNodes.get(key);
    }

    String at(String key) {
        return ConfigPath.of(path, key);
    }

    /** The keys, in the order of the file. */
    Set<String> keys() {
        return values.keySet();
    }

    boolean has(String key) {
        return values.containsKey(key) && !isNull(values.get(key));
    }

    /** The value behind a key that is known to be there. */
    Node node(String key) {
        return values.get(key);
    }

    void problem(String key, String what, String hint) {
        reading.problem(has(key) ? values.get(key) : keyNodes.getOrDefault(key, node), at(key), what, hint);
    }

    private void missing(String key, String hint) {
        if (keyNodes.containsKey(key)) {
            problem(key, "this key is missing", hint);
        } else if (!misspelt.contains(key)) {
            reading.problemBelow(path, node, at(key), "this key is missing", hint);
        }
    }

    /** Whether a key is there, with a complaint if it is not. */
    boolean demand(String key, String hint) {
        if (!has(key)) {
            missing(key, hint);
        }
        return has(key);
    }

    /** A text that must be given; empty if it is not. */
    String text(String key, String hint) {
        return demand(key, hint) ? optionalText(key).orElse("") : "";
    }

    /** A text that may be left out; with nothing behind the key it counts as left out. */
    Optional<String> optionalText(String key) {
        return has(key) ? filled(at(key), values.get(key)) : Optional.empty();
    }

    /** As {@link #optionalText}, where an empty text counts as left out too. */
    Optional<String> optionalOrEmpty(String key) {
        return has(key) ? scalar(at(key), values.get(key)).filter(value -> !value.isEmpty()) : Optional.empty();
    }

    /** One text or a list of them; must be given, and not empty. */
    List<String> texts(String key, String hint) {
        if (!demand(key, hint)) {
            return List.of();
        }
        if (!(values.get(key) instanceof SequenceNode sequence)) {
            return optionalText(key).map(List::of).orElse(List.of());
        }
        if (sequence.getValue().isEmpty()) {
            problem(key, "this list is empty", hint);
        }
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            texts.add(filled(ConfigPath.of(at(key), texts.size()), item).orElse(""));
        }
        return texts;
    }

    /** The items of a list; none if the key was left out. */
    List<Node> items(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (!(values.get(key) instanceof SequenceNode sequence)) {
            problem(key, "this must be a list, not " + kind(values.get(key)), "");
            return List.of();
        }
        if (!plain(at(key), sequence)) {
            return List.of();
        }
        for (int i = 0; i < sequence.getValue().size(); i++) {
            reading.place(ConfigPath.of(at(key), i), sequence.getValue().get(i));
        }
        return sequence.getValue();
    }

    int integer(String key, int byDefault, int least, int most) {
        return parsed(key, byDefault, text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                problem(key, "this must be a whole number from " + least + " to " + most, "");
                return byDefault;
            }
            return Integer.parseInt(text);
        });
    }

    Duration duration(String key, Duration byDefault, Duration least, Duration most) {
        return parsed(key, byDefault, text -> {
            Optional<Duration> duration = DurationText.parse(text);
            if (duration.isEmpty()) {
                problem(key, "this is not a duration", "Write a number and its unit: 50ms, 60s, 2m or 1h.");
                return byDefault;
            }
            if (duration.get().compareTo(least) < 0 || duration.get().compareTo(most) > 0) {
                problem(
                        key,
                        "this must be from " + DurationText.format(least) + " to " + DurationText.format(most),
                        "");
                return byDefault;
            }
            return duration.get();
        });
    }

    /** One of some words. */
    <E> E choice(String key, E byDefault, Map<String, E> words) {
        return parsed(key, byDefault, text -> {
            if (!words.containsKey(text)) {
                problem(key, "this must be " + String.join(" or ", new TreeSet<>(words.keySet())), "");
            }
            return words.getOrDefault(text, byDefault);
        });
    }

    boolean flag(String key, boolean byDefault) {
        return choice(key, byDefault, Map.of("true", true, "false", false));
    }

    /** A section below this one; an empty one if the key was left out. */
    YamlSection section(String key, String... keys) {
        return has(key)
                ? of(reading, at(key), values.get(key), keys)
                : new YamlSection(reading, at(key), keyNodes.getOrDefault(key, node));
    }

    private <T> T parsed(String key, T byDefault, Function<String, T> parser) {
        return has(key) ? filled(at(key), values.get(key)).map(parser).orElse(byDefault) : byDefault;
    }

    /** A single value that is not blank; empty once a problem with it has been noted. */
    private Optional<String> filled(String at, Node value) {
        Optional<String> text = scalar(at, value);
        if (text.isPresent() && text.get().isBlank()) {
            reading.problem(value, at, "this is empty", "");
            return Optional.empty();
        }
        return text;
    }

    private Optional<String> scalar(String at, Node value) {
        if (!(value instanceof ScalarNode scalar)) {
            reading.problem(value, at, "this must be a single value, not " + kind(value), "");
            return Optional.empty();
        }
        return plain(at, value) ? reading.fill(value, at, scalar.getValue()) : Optional.empty();
    }

    private boolean plain(String at, Node value) {
        if (PLAIN_TAGS.contains(value.getTag())) {
            return true;
        }
        reading.problem(value, at, "tags are not supported here", "Leave out what begins with an exclamation mark.");
        return false;
    }

    private static boolean isNull(Node node) {
        return node instanceof ScalarNode && Tag.NULL.equals(node.getTag());
    }

    private static String kind(Node node) {
        return node instanceof MappingNode ? "a mapping" : node instanceof SequenceNode ? "a list" : "a single value";
    }
}
