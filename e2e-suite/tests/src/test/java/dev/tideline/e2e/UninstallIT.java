package dev.tideline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tideline.devservices.provider.embedded.Durability;
import dev.tideline.devservices.provider.embedded.PostgresBinaries;
import dev.tideline.devservices.provider.embedded.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Isolated("it needs the machine to itself")
class UninstallIT {

    /** The major of the pg_dump that Debian 12 has: it refuses newer servers. */
    private static final int DUMPED_MAJOR = 15;

    private static final String DATABASE = "postgres";

    private final CommandLineJar tideline = CommandLineJar.ofBuild();

    @TempDir
    Path folder;

    @Test
    void uninstallLeavesASchemaDumpAsItWas() throws Exception {
        Path dump = SchemaDump.program(DUMPED_MAJOR).orElse(null);
        assumeTrue(dump != null, "pg_dump " + DUMPED_MAJOR + " or newer is not installed (Debian: postgresql-client)");
        try (PostgresServer server = start(DUMPED_MAJOR)) {
            ServerAddress source = sourceWithTables(server);
            Path config = config(source);
            String before = SchemaDump.of(dump, source, DATABASE);

            run(config, "install");
            assertThat(SchemaDump.of(dump, source, DATABASE)).contains("CREATE SCHEMA tideline");
            writeRows(source);
            run(config, "uninstall");

            assertThat(SchemaDump.of(dump, source, DATABASE)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 16, 18})
    void uninstallLeavesEveryRowOfTheCatalogsAsItWas(int major) throws Exception {
        try (PostgresServer server = start(major)) {
            ServerAddress source = sourceWithTables(server);
            Path config = config(source);
            CatalogRows before = CatalogRows.of(source, DATABASE);

            run(config, "install");
            assertThat(before.changesTo(CatalogRows.of(source, DATABASE)))
                    .anyMatch(change -> change.startsWith("+ pg_trigger "))
                    .anyMatch(change -> change.startsWith("+ pg_namespace "));
            writeRows(source);
            run(config, "uninstall");

            assertThat(before.changesTo(CatalogRows.of(source, DATABASE))).isEmpty();
        }
    }

    private PostgresServer start(int major) throws IOException {
        return PostgresServer.builder()
                .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), major))
                .dataDirectory(folder.resolve("data"))
                .durability(Durability.FAST)
                .build()
                .start();
    }

    private static ServerAddress sourceWithTables(PostgresServer server) throws SQLException {
        ServerAddress source = ServerAddress.of(server.url(DATABASE));
        source.execute(
                DATABASE,
                "CREATE SCHEMA \"Odd one\"",
                "CREATE TABLE tenancy (id int PRIMARY KEY)",
                "CREATE TABLE \"Odd one\".\"select\" (tenancy_id int NOT NULL REFERENCES tenancy, \"Key\" int,"
                        + " name text, PRIMARY KEY (tenancy_id, \"Key\"))",
                "CREATE TABLE part (tenancy_id int NOT NULL, id int, PRIMARY KEY (tenancy_id, id))"
                        + " PARTITION BY LIST (tenancy_id)",
                "CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1)",
                "CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE TRIGGER mine AFTER INSERT ON part FOR EACH ROW EXECUTE FUNCTION note()",
                "CREATE TABLE detail (id int PRIMARY KEY, tenancy_id int, key int)",
                "CREATE TABLE external_database (tenant int, name text, url text, enabled boolean,"
                        + " PRIMARY KEY (tenant, name))");
        return source;
    }

    private Path config(ServerAddress source) throws IOException {
        return Files.writeString(folder.resolve("tideline.yaml"), """
                source: { url: "%s" }
                tenants: { table: tenancy, key: id }
                mappings:
                  odd:
                    table: Odd one.select
                    tenant: tenancy_id
                    key: [tenancy_id, Key]
                    depends_on: [ { table: detail, key: { tenancy_id: tenancy_id, Key: key } } ]
                  parts: { table: part, tenant: tenancy_id, key: [tenancy_id, id] }
                external_databases: { table: external_database }
                """.formatted(source.url(DATABASE)));
    }

    private static void writeRows(ServerAddress source) throws SQLException {
        source.execute(
                DATABASE,
                "INSERT INTO tenancy VALUES (1)",
                "INSERT INTO part VALUES (1, 1)",
                "INSERT INTO \"Odd one\".\"select\" VALUES (1, 1, 'x')");
    }

    private void run(Path config, String command) throws IOException, InterruptedException {
        CommandLineJar.Outcome outcome = tideline.run(config, command);
        assertThat(outcome.code()).as(command + ": " + outcome.err()).isZero();
    }
}
