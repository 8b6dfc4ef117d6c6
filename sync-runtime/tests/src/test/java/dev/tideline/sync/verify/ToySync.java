package dev.tideline.sync.verify;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The least that deserves to be called a sync of table {@code users}: captured changes, passes between two snapshots, a
 * ledger, a cursor. It exists so that verifying can be tested against one whose every step the test takes by hand.
 */
final class ToySync implements Flow {

    private final TwoDatabases databases;

    ToySync(TwoDatabases databases) throws SQLException {
        this.databases = databases;
        databases.inSource("""
                CREATE TABLE change (xid xid8 NOT NULL DEFAULT pg_current_xact_id(), id bigint NOT NULL);
                CREATE TABLE ledger (id bigint PRIMARY KEY, sequence_id bigint NOT NULL);
                CREATE SEQUENCE ids;
                CREATE TABLE pass (seen pg_snapshot NOT NULL, epoch int NOT NULL);
                CREATE FUNCTION capture() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    INSERT INTO change (id) VALUES (coalesce(NEW.id, OLD.id)); RETURN NULL; END $$;
                CREATE TRIGGER capture AFTER INSERT OR UPDATE OR DELETE ON users FOR EACH ROW EXECUTE FUNCTION capture();
                INSERT INTO pass VALUES (pg_current_snapshot(), 0);
                """);
        databases.inTarget(
                "CREATE TABLE cursor (id bigint NOT NULL, epoch int NOT NULL); INSERT INTO cursor VALUES (0, 0)");
    }

    /** Sequences what committed since the last pass. */
    void pass() throws SQLException {
        databases.inSource("""
                WITH earlier AS (SELECT seen FROM pass),
                     news AS (SELECT DISTINCT id FROM change, earlier
                               WHERE NOT pg_visible_in_snapshot(xid, seen)),
                     sequenced AS (INSERT INTO ledger SELECT id, nextval('ids') FROM news
                                       ON CONFLICT (id) DO UPDATE SET sequence_id = excluded.sequence_id)
                UPDATE pass SET seen = pg_current_snapshot()
                """);
    }

    /** Brings what was sequenced. */
    void bring() throws SQLException {
        try (Connection source = databases.source().open();
                Connection target = databases.target().open()) {
            target.setAutoCommit(false);
            long cursor = number(target, "SELECT id FROM cursor FOR UPDATE");
            long last = number(source, "SELECT coalesce(max(sequence_id), 0) FROM ledger");
            List<String> statements = new ArrayList<>();
            try (Statement s = source.createStatement();
                    ResultSet row = s.executeQuery(
                            "SELECT l.id, u.id IS NULL, quote_nullable(u.name), quote_nullable(u.email) FROM ledger l"
                                    + " LEFT JOIN users u ON u.id = l.id AND u.tenant = 1"
                                    + " WHERE l.sequence_id > " + cursor + " AND l.sequence_id <= " + last)) {
                while (row.next()) {
                    statements.add("DELETE FROM users WHERE id = " + row.getLong(1));
                    if (!row.getBoolean(2)) {
                        statements.add("INSERT INTO users VALUES (" + row.getLong(1) + "," + row.getString(3) + ","
                                + row.getString(4) + ")");
                    }
                }
            }
            statements.add("UPDATE cursor SET id = " + last);
            try (Statement s = target.createStatement()) {
                s.execute(String.join(";", statements));
            }
            target.commit();
        }
    }

    @Override
    public String mark(Connection source) throws SQLException {
        return text(source, "SELECT pg_current_snapshot()::text");
    }

    @Override
    public boolean sequencedUpTo(Connection source, String mark) throws SQLException {
        return number(
                        source,
                        "SELECT count(*) FROM change, pass WHERE NOT pg_visible_in_snapshot(xid, seen)"
                                + " AND pg_visible_in_snapshot(xid, '" + mark + "'::pg_snapshot)")
                == 0;
    }

    @Override
    public String definition(Connection source) throws SQLException {
        return text(source, "SELECT epoch::text FROM pass");
    }

    @Override
    public Map<RowKey, Long> sequenceIds(Connection source, Collection<RowKey> keys, boolean byText)
            throws SQLException {
        Map<RowKey, Long> ids = new HashMap<>();
        try (Statement s = source.createStatement();
                ResultSet row = s.executeQuery("SELECT id::text, sequence_id FROM ledger WHERE id IN ("
                        + keys.stream().map(RowKey::toString).collect(Collectors.joining(",")) + ")")) {
            while (row.next()) {
                ids.put(new RowKey(List.of(row.getString(1))), row.getLong(2));
            }
        }
        return ids;
    }

    @Override
    public Position position(Connection target, boolean lock) throws SQLException {
        String forUpdate = lock ? " FOR UPDATE" : "";
        return new Position(
                text(target, "SELECT epoch::text FROM cursor" + forUpdate),
                number(target, "SELECT id FROM cursor" + forUpdate));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement s = connection.createStatement();
                ResultSet row = s.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
