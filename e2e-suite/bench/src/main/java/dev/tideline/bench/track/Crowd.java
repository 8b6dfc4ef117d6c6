package dev.tideline.bench.track;

import dev.tideline.testkit.Eventually;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Tenants besides the measured one, each with a few rows and its own target: a schema in one of a few databases.
 * Closing drops those databases.
 *
 * @param tenants all of them, including the measured one
 */
public record Crowd(Track track, int tenants) implements AutoCloseable {

    private static final int ROWS = 5;
    private static final int PER_DATABASE = 1000;

    /** Inserts tenants and rows into the source, before anything is installed, and creates the empty targets. */
    public void gather() throws SQLException {
        track.source()
                .execute(
                        track.sourceDatabase(),
                        "INSERT INTO tenancy SELECT generate_series(2, " + tenants + ")",
                        "INSERT INTO item SELECT " + track.rows() + " + i, 2 + i % " + (tenants - 1)
                                + ", 'item of the crowd ' || i, 1, true, TIMESTAMPTZ '2026-01-01 00:00:00Z', NULL"
                                + " FROM generate_series(1, " + ROWS * (tenants - 1) + ") i",
                        "VACUUM ANALYZE item");
        for (int i = 0; i < databases(); i++) {
            track.external().createDatabase(database(i));
            track.external()
                    .execute(
                            database(i),
                            "DO $$BEGIN FOR t IN 2.." + tenants + " LOOP IF t % " + databases() + " = " + i
                                    + " THEN EXECUTE format('CREATE SCHEMA t%s', t); COMMIT; END IF; END LOOP; END$$",
                            "CREATE FUNCTION bench_fingerprint() RETURNS text LANGUAGE plpgsql AS $$DECLARE one record;"
                                    + " amount bigint := 0; hashes numeric := 0; BEGIN FOR one IN SELECT schemaname FROM"
                                    + " pg_tables WHERE tablename = 'item' LOOP EXECUTE format('SELECT count(*) + $1, "
                                    + Fingerprint.HASHES.replace("'", "''")
                                    + " + $2 FROM %I.item', one.schemaname) INTO amount, hashes USING amount, hashes;"
                                    + " END LOOP; RETURN amount || ' rows, ' || hashes; END$$");
        }
    }

    /** Inserts each tenant's target into the table of targets. */
    public void addTargets() throws SQLException {
        track.source()
                .execute(
                        track.sourceDatabase(),
                        "INSERT INTO external_database SELECT t, 'main', '"
                                + track.external().url(database(0)).replaceFirst("0$", "")
                                + "' || t % " + databases()
                                + " || '?currentSchema=t' || t, true FROM generate_series(2, "
                                + tenants + ") t");
    }

    /** Returns when every tenant of the crowd has its rows. */
    public void await(Duration limit) throws SQLException {
        for (int i = 0; i < databases(); i++) {
            String database = database(i);
            String wanted = Fingerprint.of(
                    track.source(),
                    track.sourceDatabase(),
                    "item WHERE tenancy_id > 1 AND tenancy_id % " + databases() + " = " + i);
            Eventually.await("the targets in " + database + " equal to their tenants: " + wanted)
                    .atMost(limit)
                    .pollEvery(Duration.ofSeconds(1))
                    .until(() -> track.external().text(database, "SELECT bench_fingerprint()"), wanted::equals);
        }
    }

    private int databases() {
        return 1 + (tenants - 1) / PER_DATABASE;
    }

    private static String database(int number) {
        return "bench_crowd_" + number;
    }

    @Override
    public void close() throws SQLException {
        for (int i = 0; i < databases(); i++) {
            track.external().dropDatabase(database(i));
        }
    }
}
