package dev.tideline.sync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What is wrong with a file, as its user reads it: with the bare names of file and folder, whatever they are here. */
final class YamlProblems {

    /** A configuration without a fault, of eight lines, to be spoilt by a test. */
    static final String GOOD = """
            source: { url: "postgres://u:hunter2@h/d" }
            tenants: { table: tenancy, key: id }
            mappings:
              users:
                table: project_user
                tenant: tenancy_id
                key: [id]
            external_databases: { table: external_database }
            """;

    private static final Map<String, String> ENVIRONMENT = Map.of("EMPTY", "", "SECRET", "hunter2");

    private YamlProblems() {}

    /** Of a text, written to {@code tideline.yaml} in this folder; empty if there are none. */
    static String of(Path folder, String yaml) throws IOException {
        return of(Files.writeString(folder.resolve("tideline.yaml"), yaml));
    }

    /** Of a file as it is. */
    static String of(Path file) {
        try {
            SyncConfigLoader.load(file, ENVIRONMENT::get);
            return "";
        } catch (ConfigException e) {
            return e.getMessage()
                    .replace(file.toString(), "tideline.yaml")
                    .replace(file.getParent().toString(), "DIR");
        }
    }
}
