package dev.tideline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tideline.maven.provider.embedded.Durability;
import dev.tideline.maven.provider.embedded.PostgresBinaries;
import dev.tideline.maven.provider.embedded.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UninstallIT {

    /** The major of the pg_dump that Debian 12 has: it refuses newer servers. */
    private static final int MAJOR = 15;

    @TempDir
    Path folder;

    @Test
    void uninstallLeavesTheSchemaAsItWas() throws Exception {
        Path dump = SchemaDump.program(MAJOR).orElse(null);
        assumeTrue(dump != null, "pg_dump " + MAJOR + " or newer is not installed (Debian: postgresql-client)");
        try (PostgresServer server = PostgresServer.builder()
                .binaries(PostgresBinaries.in(Path.of("target", "postgres-jars"), MAJOR))
                .dataDirectory(folder.resolve("data"))
                .durability(Durability.FAST)
                .build()
                .start()) {
            ServerAddress source = ServerAddress.of(server.url("postgres"));
            source.execute(
                    "postgres",
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
            Path config = Files.writeString(folder.resolve("tideline.yaml"), """
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
                    """.formatted(source.url("postgres")));
            String before = SchemaDump.of(dump, source, "postgres");
            CommandLineJar tideline = CommandLineJar.ofBuild();
            assertThat(tideline.run(config, "install"))
                    .extracting(CommandLineJar.Outcome::code)
                    .isEqualTo(0);
            assertThat(SchemaDump.of(dump, source, "postgres"))
                    .as("while installed")
                    .contains("CREATE SCHEMA tideline")
                    .isNotEqualTo(before);
            source.execute(
                    "postgres",
                    "INSERT INTO tenancy VALUES (1)",
                    "INSERT INTO part VALUES (1, 1)",
                    "INSERT INTO \"Odd one\".\"select\" VALUES (1, 1, 'x')");
            assertThat(tideline.run(config, "uninstall"))
                    .extracting(CommandLineJar.Outcome::code)
                    .isEqualTo(0);
            assertThat(SchemaDump.of(dump, source, "postgres")).isEqualTo(before);
        }
    }
}
