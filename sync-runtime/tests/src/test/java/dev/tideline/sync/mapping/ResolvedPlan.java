package dev.tideline.sync.mapping;

import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.SyncConfigLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Resolves a configuration that a test writes as mappings alone. */
final class ResolvedPlan {

    private static final String AROUND = """
            source: { url: "%s" }
            tenants: { table: tenancy, key: id }
            external_databases: { table: external_database }
            mappings:
            """;

    private ResolvedPlan() {}

    /** Makes the two tables that every configuration names, then those of the test. */
    static TestDatabase prepare(TestDatabase source, String... statements) {
        return source.execute(
                        "CREATE TABLE tenancy (id int PRIMARY KEY)",
                        "CREATE TABLE external_database (tenant int, name text, url text, enabled boolean)")
                .execute(statements);
    }

    static SyncPlan of(TestDatabase source, String mappings) {
        return ofWhole(source, AROUND.formatted(source.url()) + mappings.indent(2));
    }

    static SyncPlan ofWhole(TestDatabase source, String yaml) {
        try (Connection connection = source.connect()) {
            Path directory = Files.createTempDirectory("tideline-test");
            Path file = Files.writeString(directory.resolve("tideline.yaml"), yaml);
            try {
                return MappingResolver.resolve(SyncConfigLoader.load(file, name -> null), connection);
            } finally {
                Files.delete(file);
                Files.delete(directory);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong, one message a line, with the bare name of the file; empty if nothing is. */
    static List<String> problems(TestDatabase source, String mappings) {
        return problemsOfWhole(source, AROUND.formatted(source.url()) + mappings.indent(2));
    }

    static List<String> problemsOfWhole(TestDatabase source, String yaml) {
        try {
            ofWhole(source, yaml);
            return List.of();
        } catch (ConfigException e) {
            return e.problems().stream()
                    .map(Problem::message)
                    .map(message -> message.replaceAll("^\\S*tideline\\.yaml", "tideline.yaml"))
                    .toList();
        }
    }
}
