package dev.tideline.sync;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.engine.PublicAddress;
import dev.tideline.sync.jdbc.PostgresConnections;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tests the address of an external database without storing it: whether the database can be reached, which rights the
 * role has there, and what prevents a sync. Changes nothing there. Safe for use by many threads.
 */
public final class AddressTest {

    private static final int OLDEST = 13;

    /** Seconds that a person will wait for an answer. */
    private static final String PATIENCE = "5";

    private final boolean allowPrivate;

    AddressTest(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /**
     * The result.
     *
     * @param connection the address without password
     * @param usable whether nothing prevents a sync
     * @param version of the server; null where it was not reached
     * @param rights by what they allow
     */
    public record Report(
            String connection,
            boolean reachable,
            boolean usable,
            String version,
            Map<String, Boolean> rights,
            List<Obstacle> problems) {}

    /** Something that prevents a sync. @param hint what to do about it; may be empty */
    public record Obstacle(String what, String hint) {}

    /**
     * Connects and inspects the database.
     *
     * @throws ConfigException if the configuration would reject the address; then no connection is made
     */
    public Report run(String address) {
        PostgresUrl url = patient(PostgresUrl.parse(address));
        try (Connection connection =
                PostgresConnections.open(allowPrivate ? url : PublicAddress.of(url), "tideline-test")) {
            return look(url, connection);
        } catch (SQLException e) {
            ConnectionFailure failure = ConnectionFailure.of(url, e);
            return new Report(
                    url.redacted(),
                    false,
                    false,
                    null,
                    Map.of(),
                    List.of(new Obstacle(failure.what(), failure.hint())));
        }
    }

    private static PostgresUrl patient(PostgresUrl url) {
        Map<String, String> properties = new TreeMap<>(url.properties());
        properties.merge(
                "connect_timeout",
                PATIENCE,
                (given, ours) -> Integer.parseInt(given) < Integer.parseInt(ours) ? given : ours);
        return new PostgresUrl(url.host(), url.port(), url.database(), url.user(), url.password(), properties);
    }

    private record Look(
            String version, int major, boolean readOnly, String schema, boolean use, boolean create, boolean stage) {}

    private static Report look(PostgresUrl url, Connection connection) throws SQLException {
        Look look = Jdbc.one(
                connection,
                SqlTemplate.text("5-apply/look-at-target"),
                row -> new Look(
                        row.getString(1),
                        row.getInt(2),
                        row.getBoolean(3),
                        row.getString(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getBoolean(7)),
                url.schema());
        String user = url.user().map(name -> "\"" + name + "\"").orElse("the user");
        Map<String, Boolean> rights = new LinkedHashMap<>();
        rights.put("write", !look.readOnly());
        rights.put("use_schema", look.use());
        rights.put("create_tables", look.create());
        rights.put("create_temporary_tables", look.stage());
        List<Obstacle> problems = new ArrayList<>();
        if (look.major() < OLDEST) {
            problems.add(new Obstacle(
                    "the server is Postgres " + look.version() + ", and " + OLDEST + " or newer is needed",
                    "Upgrade it, or name another server."));
        }
        if (look.readOnly()) {
            problems.add(new Obstacle(
                    "the server accepts no writes: it is a standby, or its transactions are read-only by default",
                    "Name the primary, or set default_transaction_read_only to off."));
        }
        if (look.schema() == null) {
            problems.add(new Obstacle(
                    "there is no schema \"" + url.schema() + "\" in this database",
                    "Create it, or correct currentSchema in the address."));
        } else if (!look.use() || !look.create()) {
            problems.add(new Obstacle(
                    user + " may not create tables in schema \"" + url.schema() + "\"",
                    "GRANT USAGE, CREATE ON SCHEMA \"" + url.schema() + "\" TO " + user + "."));
        }
        if (!look.stage()) {
            problems.add(new Obstacle(
                    user + " may not create temporary tables, which rows are staged in",
                    "GRANT TEMPORARY ON DATABASE \"" + url.database() + "\" TO " + user + "."));
        }
        return new Report(url.redacted(), true, problems.isEmpty(), look.version(), rights, problems);
    }
}
