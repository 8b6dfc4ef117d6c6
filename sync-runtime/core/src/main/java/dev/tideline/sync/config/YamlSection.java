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

/**
 * One YAML mapping, read key by key. If a value is missing or wrong, the {@link YamlReading} records it and a harmless
 * value is returned, so that the rest of the file is still checked; nobody may use the result of a reading with
 * problems.
 */
final class YamlSection {

    static final String UNKNOWN_KEY = "unknown key";

    /** Keys that a later version will have; they are not reported as misspelt. */
    private static final Set<String> NOT_YET =
            Set.of("decrypt", "heartbeat", "kafka", "on_delete", "read_url", "schema_changes");

    private final YamlReading reading;
    private final String path;
    private final Node node;
    private final Map<String, YamlValue> values = new LinkedHashMap<>();
    private final Map<String, Node> keyNodes = new LinkedHashMap<>();
    /** Known keys that an unknown one probably means; they are not also reported as missing. */
    private final Set<String> misspelt = new TreeSet<>();

    private YamlSection(YamlReading reading, String path, Node node) {
        this.reading = reading;
        this.path = path;
        this.node = node;
    }

    /** A mapping with exactly these possible keys. */
    static YamlSection of(YamlReading reading, String path, Node node, String... keys) {
        YamlSection section = free(reading, path, node);
        Set<String> known = new TreeSet<>(List.of(keys));
        section.values.forEach((key, value) -> {
            if (!known.contains(key)) {
                NearestName.of(key, known).ifPresent(section.misspelt::add);
                reading.problem(
                        section.keyNode(key),
                        section.at(key),
                        NOT_YET.contains(key) ? "this version does not support this key" : UNKNOWN_KEY,
                        NOT_YET.contains(key)
                                ? "Take it out."
                                : NearestName.hint(key, known, "Known here: " + String.join(", ", known) + "."));
            }
        });
        return section;
    }

    /** A mapping whose keys are names that the user chose. */
    static YamlSection free(YamlReading reading, String path, Node node) {
        YamlSection section = new YamlSection(reading, path, node);
        YamlValue whole = new YamlValue(reading, path, node);
        if (node instanceof MappingNode mapping) {
            if (whole.plain()) {
                mapping.getValue().forEach(section::add);
            }
        } else if (!whole.isNull()) {
            reading.problem(node, path, "this must be a mapping (key: value), not " + whole.kind(), "");
        }
        return section;
    }

    private void add(NodeTuple entry) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
            YamlValue wrong = new YamlValue(reading, path, entry.getKeyNode());
            reading.problem(wrong.node(), path, "a key must be a plain name, not " + wrong.kind(), "");
            return;
        }
        String name = key.getValue();
        Node first = keyNodes.putIfAbsent(name, key);
        if (first != null) {
            reading.problemHere(
                    key,
                    at(name),
                    "this key is given twice here, first in line "
                            + YamlReading.markOf(first).line(),
                    "Keep one of the two.");
            return;
        }
        reading.place(at(name), key);
        reading.refuseNul(key, at(name), name);
        values.put(name, new YamlValue(reading, at(name), entry.getValueNode()));
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
        return values.containsKey(key) && !values.get(key).isNull();
    }

    /** The value of an existing key. */
    Node node(String key) {
        return values.get(key).node();
    }

    void problem(String key, String what, String hint) {
        reading.problem(has(key) ? node(key) : keyNodes.getOrDefault(key, node), at(key), what, hint);
    }

    private void missing(String key, String hint) {
        if (keyNodes.containsKey(key)) {
            problem(key, "this key is missing", hint);
        } else if (!misspelt.contains(key)) {
            reading.problemBelow(path, node, at(key), "this key is missing", hint);
        }
    }

    /** Whether a key exists; reports it if it does not. */
    boolean demand(String key, String hint) {
        if (!has(key)) {
            missing(key, hint);
        }
        return has(key);
    }

    /** A required text; empty if it is missing. */
    String text(String key, String hint) {
        return demand(key, hint) ? optionalText(key).orElse("") : "";
    }

    /** An optional text; a key without a value counts as missing. */
    Optional<String> optionalText(String key) {
        return has(key) ? values.get(key).text() : Optional.empty();
    }

    /** As {@link #optionalText}; an empty text counts as missing, too. */
    Optional<String> optionalOrEmpty(String key) {
        return has(key) ? values.get(key).scalar().filter(value -> !value.isEmpty()) : Optional.empty();
    }

    /** A required, non-empty text or list of texts. */
    List<String> texts(String key, String hint) {
        if (!demand(key, hint)) {
            return List.of();
        }
        if (!(node(key) instanceof SequenceNode sequence)) {
            return optionalText(key).map(List::of).orElse(List.of());
        }
        if (sequence.getValue().isEmpty()) {
            problem(key, "this list is empty", hint);
        }
        List<String> texts = new ArrayList<>();
        for (Node item : items(key)) {
            String place = ConfigPath.of(at(key), texts.size());
            texts.add(new YamlValue(reading, place, item).text().orElse(""));
        }
        return texts;
    }

    /** The items of a list; none if the key is missing. */
    List<Node> items(String key) {
        if (!has(key)) {
            return List.of();
        }
        if (!(node(key) instanceof SequenceNode sequence)) {
            problem(key, "this must be a list, not " + values.get(key).kind(), "");
            return List.of();
        }
        if (!values.get(key).plain()) {
            return List.of();
        }
        for (int i = 0; i < sequence.getValue().size(); i++) {
            reading.place(ConfigPath.of(at(key), i), sequence.getValue().get(i));
        }
        return sequence.getValue();
    }

    int integer(String key, int byDefault, int least, int most) {
        return read(key, byDefault, value -> value.integer(least, most));
    }

    Duration duration(String key, Duration byDefault, Duration least, Duration most) {
        return read(key, byDefault, value -> value.duration(least, most));
    }

    /** One of the given words. */
    <E> E choice(String key, E byDefault, Map<String, E> words) {
        return read(key, byDefault, value -> value.choice(words));
    }

    boolean flag(String key, boolean byDefault) {
        return choice(key, byDefault, Map.of("true", true, "false", false));
    }

    /** A section below this one; an empty one if the key is missing. */
    YamlSection section(String key, String... keys) {
        return has(key)
                ? of(reading, at(key), node(key), keys)
                : new YamlSection(reading, at(key), keyNodes.getOrDefault(key, node));
    }

    private <T> T read(String key, T byDefault, Function<YamlValue, Optional<T>> reader) {
        return has(key) ? reader.apply(values.get(key)).orElse(byDefault) : byDefault;
    }
}
