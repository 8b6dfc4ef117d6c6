package dev.tideline.testkit;

import dev.tideline.testkit.time.TimeSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Administers databases on one Postgres server. Each call uses its own connection, so that parallel tests do not wait
 * for each other. Names come from {@link DatabaseName} and need no quotes.
 */
final class DatabaseServer {
    /** The object does not exist: invalid_catalog_name, undefined_object. */
    private static final Set<String> GONE = Set.of("3D000", "42704");

    /** "Tuple concurrently deleted": two sessions removed it at once. */
    private static final String INTERNAL_ERROR = "XX000";

    private final PostgresUrl admin;
    private final TimeSource time;

    DatabaseServer(PostgresUrl admin) {
        this(admin, TimeSource.system());
    }

    DatabaseServer(PostgresUrl admin, TimeSource time) {
        this.admin = admin;
        this.time = time;
    }

    PostgresUrl url(String database) {
        return admin.to(database);
    }

    void create(String name) {
        // template1 cannot be copied while somebody is connected to it; nobody can connect to template0.
        run("create the database " + name, "CREATE DATABASE " + name + " TEMPLATE template0");
    }

    /** Nobody may be connected to the template. */
    void copy(String template, String name) {
        run("copy the database " + template + " to " + name, "CREATE DATABASE " + name + " TEMPLATE " + template);
    }

    /**
     * Ends every session of a database, gives it a further name, and puts another in its place, to which nobody may be
     * connected. On one connection, since making one takes longer than all of this, and without waiting for the disk.
     */
    void replace(String name, String former, String fresh) {
        String what = "put the database " + fresh + " in the place of " + name;
        try (Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = off");
            statement.execute(closing(name));
            awaitNoSession(name, () -> rows(what, statement, terminating(name)));
            connection.setAutoCommit(false);
            statement.execute("ALTER DATABASE " + name + " RENAME TO " + former);
            statement.execute("ALTER DATABASE " + fresh + " RENAME TO " + name);
            connection.commit();
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    /** Removes the database and its reader. No error if somebody else did so. */
    void drop(String name) {
        remove("drop the database " + name, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        remove("drop the role " + reader(name), "DROP ROLE IF EXISTS " + reader(name));
    }

    /** Rejects new connections, even of superusers, and ends every session. */
    void close(String name) {
        run("stop the database " + name, closing(name));
        endSessions(name);
    }

    private static String closing(String name) {
        return "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false";
    }

    void open(String name) {
        run("start the database " + name, "ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS true");
    }

    void readOnly(String name, boolean readOnly) {
        run(
                "change whether the database " + name + " is read-only",
                "ALTER DATABASE " + name
                        + (readOnly
                                ? " SET default_transaction_read_only = on"
                                : " RESET default_transaction_read_only"));
        // A running session keeps the setting that it began with.
        endSessions(name);
    }

    PostgresUrl createReader(String name, String password) {
        run(
                "create the role " + reader(name),
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '" + reader(name)
                        + "') THEN CREATE ROLE " + reader(name) + " LOGIN; END IF; END $$",
                "ALTER ROLE " + reader(name) + " PASSWORD '" + password + "'");
        return url(name).of(reader(name), password);
    }

    /** Removes the databases of processes that are gone; returns their names. */
    List<String> sweep() {
        List<String> swept = new ArrayList<>();
        for (String name : query(
                "list the databases",
                "SELECT datname FROM pg_database WHERE datname LIKE 'tidetest\\_%' ORDER BY datname")) {
            if (DatabaseName.parse(name).filter(ours -> ours.owner().isGone()).isPresent()) {
                drop(name);
                swept.add(name);
            }
        }
        return List.copyOf(swept);
    }

    private void endSessions(String name) {
        awaitNoSession(name, () -> query("end the sessions of " + name, terminating(name)));
    }

    private static String terminating(String name) {
        return "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = '" + name + "'";
    }

    /** A session that was just connecting may show up a moment later, so this repeats until none is left. */
    private void awaitNoSession(String name, Supplier<List<String>> terminated) {
        Eventually.await("every session of " + name + " ends")
                .on(time)
                .until(terminated::get, "no session", List::isEmpty);
    }

    private static String reader(String name) {
        return name + "_r";
    }

    private void remove(String what, String sql) {
        try {
            run(what, sql);
        } catch (ExternalDatabaseException e) {
            String state = e.getCause() instanceof SQLException cause ? cause.getSQLState() : null;
            if (INTERNAL_ERROR.equals(state)) {
                run(what, sql);
            } else if (state == null || !GONE.contains(state)) {
                throw e;
            }
        }
    }

    private void run(String what, String... sql) {
        try (Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            for (String each : sql) {
                statement.execute(each);
            }
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    private List<String> query(String what, String sql) {
        try (Connection connection = admin.connect();
                Statement statement = connection.createStatement()) {
            return rows(what, statement, sql);
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    private List<String> rows(String what, Statement statement, String sql) {
        try (ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    private ExternalDatabaseException failure(String what, SQLException e) {
        boolean unreachable = e.getSQLState() != null && e.getSQLState().startsWith("08");
        return new ExternalDatabaseException(
                "Cannot " + what + " on the Postgres server at " + admin.host() + ":" + admin.port() + ": "
                        + e.getMessage() + (unreachable ? ServiceHint.forPort(admin.port()) : ""),
                e);
    }
}
