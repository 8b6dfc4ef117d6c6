package dev.tideline.sync.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Checks that listed external databases do not overlap. An unreadable address is skipped: it is an error of this target
 * only.
 */
record ListedTargets(Positions positions, List<Problem> problems) {

    private record Name(String tenant, String name) {}

    void check(
            Optional<PostgresUrl> source, List<MappingConfig> mappings, List<ExternalDatabasesConfig.Listed> targets) {
        Map<PostgresUrl.Place, ExternalDatabasesConfig.Listed> places = new HashMap<>();
        Map<Name, ExternalDatabasesConfig.Listed> names = new HashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            ExternalDatabasesConfig.Listed target = targets.get(i);
            String path = ConfigPath.of("external_databases.list", i);
            if (names.putIfAbsent(new Name(target.tenant(), target.name()), target) != null) {
                problem(path + ".name", named(target) + " is listed twice", "Give each database of a tenant a name.");
            }
            Optional<PostgresUrl> url = readable(target.url());
            if (url.isEmpty()) {
                continue;
            }
            PostgresUrl.Place place = url.get().place();
            ExternalDatabasesConfig.Listed other = places.putIfAbsent(place, target);
            if (other != null) {
                problem(
                        path + ".url",
                        named(other) + " and " + named(target) + " are the same database and schema",
                        "Give each a database of its own, or a schema: ?currentSchema=name.");
            }
            if (source.map(PostgresUrl::place).filter(place::isInDatabaseOf).isPresent()) {
                notTheSource(path, url.get().schema(), mappings);
            }
        }
    }

    /** A target table that is also a source table would be filled from itself. */
    private void notTheSource(String path, String schema, List<MappingConfig> mappings) {
        for (MappingConfig mapping : mappings) {
            Optional<QualifiedName> target = parsed(mapping.target()).map(table -> table.inSchema(schema));
            boolean read = mappings.stream()
                    .flatMap(m -> Stream.concat(
                            Stream.of(m.table()), m.dependsOn().stream().map(MappingConfig.DependencyConfig::table)))
                    .anyMatch(table -> target.isPresent() && target.equals(parsed(table)));
            if (read) {
                problem(
                        path + ".url",
                        "this is the source itself, and the mapping \"" + mapping.name()
                                + "\" would write to the table " + target.get() + " that is read there",
                        "Name another database, or a schema: ?currentSchema=name.");
            }
        }
    }

    private static Optional<QualifiedName> parsed(String table) {
        try {
            return Optional.of(QualifiedName.parse(table));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<PostgresUrl> readable(String url) {
        try {
            return Optional.of(PostgresUrl.parse(url));
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    private static String named(ExternalDatabasesConfig.Listed target) {
        return "\"" + target.name() + "\" of tenant \"" + target.tenant() + "\"";
    }

    private void problem(String path, String what, String hint) {
        problems.add(positions.problem(path, what, hint));
    }
}
