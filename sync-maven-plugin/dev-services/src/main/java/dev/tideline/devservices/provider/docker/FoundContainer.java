package dev.tideline.devservices.provider.docker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A container as the engine describes it.
 *
 * @param name without the leading slash
 * @param running whether its first process runs
 * @param published ports of this machine that it has published
 * @param end how it ended, for people; empty while it runs and in lists of containers
 * @param health result of its health check; empty without one, and in lists of containers
 */
record FoundContainer(
        String id,
        String name,
        boolean running,
        Map<String, String> labels,
        Set<Integer> published,
        String end,
        Optional<String> health) {

    /** From the answer about one container. */
    static FoundContainer ofInspection(Object json) {
        Map<?, ?> fields = (Map<?, ?>) json;
        Map<?, ?> state = (Map<?, ?>) fields.get("State");
        boolean running = Boolean.TRUE.equals(state.get("Running"));
        String end = Boolean.TRUE.equals(state.get("OOMKilled"))
                ? "was killed because memory ran out"
                : "ended with exit code " + state.get("ExitCode");
        return new FoundContainer(
                (String) fields.get("Id"),
                withoutSlash(fields.get("Name")),
                running,
                texts(((Map<?, ?>) fields.get("Config")).get("Labels")),
                Set.of(),
                running ? "" : end,
                Optional.ofNullable((Map<?, ?>) state.get("Health")).map(health -> (String) health.get("Status")));
    }

    /** From an element of the list of containers. */
    static FoundContainer ofListing(Object json) {
        Map<?, ?> fields = (Map<?, ?>) json;
        Set<Integer> published = new TreeSet<>();
        for (Object port : (List<?>) fields.get("Ports")) {
            if (((Map<?, ?>) port).get("PublicPort") instanceof Long number) {
                published.add(number.intValue());
            }
        }
        return new FoundContainer(
                (String) fields.get("Id"),
                withoutSlash(((List<?>) fields.get("Names")).get(0)),
                "running".equals(fields.get("State")),
                texts(fields.get("Labels")),
                published,
                "",
                Optional.empty());
    }

    private static String withoutSlash(Object name) {
        return ((String) name).substring(1);
    }

    private static Map<String, String> texts(Object labels) {
        Map<String, String> texts = new TreeMap<>();
        if (labels instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> texts.put((String) name, (String) value));
        }
        return texts;
    }
}
