package dev.tideline.sync.capture;

import dev.tideline.sync.PostgresFixture;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.layout.InstalledLayout;
import java.sql.Connection;
import java.sql.SQLException;

/** A captured table, a table that one of its two mappings depends on, and what a watch over them leaves in the source. */
final class WatchedTables {

    private static final String DDL = """
            CREATE TYPE mood AS ENUM ('ok', 'bad');
            CREATE TYPE place AS (x int, y int);
            CREATE TABLE thing (tenant int NOT NULL, id int PRIMARY KEY, v text DEFAULT 'v', m mood, p place,
                n int DEFAULT 1, twice int GENERATED ALWAYS AS (n * 2) STORED);
            CREATE INDEX thing_tenant ON thing (tenant);
            INSERT INTO thing VALUES (1, 1, 'a', 'ok', (1, 2));
            CREATE TABLE label (id int PRIMARY KEY, text text);
            CREATE VIEW words AS SELECT text 'word' AS word;
            CREATE FUNCTION worded(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
            CREATE FUNCTION named(text) RETURNS text LANGUAGE sql AS 'SELECT worded($1)';
            """;
    private static final String MAPPINGS = """
            mappings:
              things: { table: thing, tenant: tenant, key: id, target: thing }
              labelled:
                table: thing
                tenant: tenant
                key: id
                target: labelled
                select: |
                  SELECT r.id, l.text, Named(w.word) AS word FROM thing r LEFT JOIN label l ON l.id = r.id
                  CROSS JOIN words w
                depends_on: [{ table: label, key: { id: id } }]
            """;
    static final String RAISED =
            "SELECT string_agg(CASE WHEN epoch > 0 THEN '1' ELSE '0' END, ' ' ORDER BY stream_id) FROM tideline.stream";
    static final String EPOCHS = "SELECT string_agg(epoch::text, ' ' ORDER BY stream_id) FROM tideline.stream";
    static final String FIRING = "SELECT count(*) FROM pg_trigger t JOIN tideline.stream s ON"
            + " t.tgrelid = to_regclass(s.table_name) AND starts_with(t.tgname, 'tideline_' || s.stream_id || '_')"
            + " WHERE t.tgenabled = 'A'";
    static final String TWO_TABLES_OF_FOUR = "8";

    private WatchedTables() {}

    static SyncScenario installed() {
        return installed(PostgresFixture.NEWEST);
    }

    static SyncScenario installed(int major) {
        SyncScenario scenario = SyncScenario.between(major, PostgresFixture.NEWEST, DDL, MAPPINGS);
        scenario.install();
        return scenario;
    }

    static InstalledLayout layout(Connection source) throws SQLException {
        return InstalledLayout.read(source).orElseThrow();
    }
}
