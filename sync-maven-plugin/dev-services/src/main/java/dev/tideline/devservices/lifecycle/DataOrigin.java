package dev.tideline.devservices.lifecycle;

import dev.tideline.devservices.process.Sha256;
import dev.tideline.devservices.service.InitScripts;
import dev.tideline.devservices.service.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a service's data was created, as far as that happens only once: scripts on fresh data, and the password of a new
 * role. Kept with the data as digests.
 *
 * @param scripts digest by name, in the order in which they ran
 * @param roles digest of the password by name
 */
record DataOrigin(Map<String, String> scripts, Map<String, String> roles) {

    private static final String SCRIPT = "script";
    private static final String ROLE = "role";

    /** The origin of data that is created now. */
    static DataOrigin of(ServiceSpec spec) {
        Map<String, String> scripts = new LinkedHashMap<>();
        for (Path script : InitScripts.of(spec).files()) {
            scripts.merge(
                    script.getFileName().toString(),
                    Sha256.of(InitScripts.read(script)),
                    (first, second) -> first + "+" + second);
        }
        Map<String, String> roles = new LinkedHashMap<>();
        spec.roles().forEach((role, password) -> roles.put(role, Sha256.of(password.getBytes(StandardCharsets.UTF_8))));
        return new DataOrigin(scripts, roles);
    }

    /** The inverse of {@link #lines}. */
    static DataOrigin ofLines(List<String> lines) {
        return new DataOrigin(ofKind(SCRIPT, lines), ofKind(ROLE, lines));
    }

    /** A line for each script and role: kind, digest, name. */
    List<String> lines() {
        return Stream.concat(lines(SCRIPT, scripts), lines(ROLE, roles)).toList();
    }

    /** This origin with the roles that were created since. */
    DataOrigin with(DataOrigin wanted) {
        Map<String, String> all = new LinkedHashMap<>(wanted.roles);
        all.putAll(roles);
        return new DataOrigin(scripts, all);
    }

    /**
     * What is requested but will not be done, because the data exists already. A request without scripts requests
     * nothing: a module may use the data that another one has created.
     *
     * @return for people, such as "its init scripts have changed (1.sql)"; empty if there is nothing
     */
    Optional<String> unmet(DataOrigin wanted) {
        List<String> differences = new ArrayList<>();
        if (!wanted.scripts.isEmpty()
                && !List.copyOf(wanted.scripts.entrySet()).equals(List.copyOf(scripts.entrySet()))) {
            differences.add("its init scripts have changed (" + changes(wanted) + ")");
        }
        wanted.roles.forEach((role, password) -> {
            if (!password.equals(roles.getOrDefault(role, password))) {
                differences.add("the password of role " + role + " has changed");
            }
        });
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join(", and ", differences));
    }

    private String changes(DataOrigin wanted) {
        Stream<String> changedAndNew = wanted.scripts.entrySet().stream()
                .filter(script -> !script.getValue().equals(scripts.get(script.getKey())))
                .map(script -> scripts.containsKey(script.getKey()) ? script.getKey() : script.getKey() + " is new");
        Stream<String> gone = scripts.keySet().stream()
                .filter(script -> !wanted.scripts.containsKey(script))
                .map(s -> s + " is gone");
        String all = Stream.concat(changedAndNew, gone).collect(Collectors.joining(", "));
        return all.isEmpty() ? "another order" : all;
    }

    private static Stream<String> lines(String kind, Map<String, String> digests) {
        return digests.entrySet().stream().map(entry -> kind + " " + entry.getValue() + " " + entry.getKey());
    }

    private static Map<String, String> ofKind(String kind, List<String> lines) {
        Map<String, String> digests = new LinkedHashMap<>();
        lines.stream()
                .map(line -> line.split(" ", 3))
                .filter(parts -> parts.length == 3 && parts[0].equals(kind))
                .forEach(parts -> digests.put(parts[2], parts[1]));
        return digests;
    }
}
