package dev.tideline.sync.capture;

import dev.tideline.sync.SyncException;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Makes the source capture what a plan needs, and takes it all away again. Both may be run again at any time, and after
 * having been killed in the middle: what stands is left, what lacks is made. One at a time, by an advisory lock.
 */
public final class Installer {

    /** How long a trigger may wait for a table; writers wait no longer than this for us. */
    private static final String LOCK_TIMEOUT = "2s";

    private static final int LOCK_ATTEMPTS = 30;

    /** "tideline" in hexadecimal digits of its letters would not fit; any number that nobody else uses does. */
    static final long INSTALL_LOCK = 7_415_531_104_001L;

    private final DataSource source;
    private final Consumer<String> progress;

    /** @param progress gets a line for each thing done */
    public Installer(DataSource source, Consumer<String> progress) {
        this.source = source;
        this.progress = progress;
    }

    /**
     * Installs the plan.
     *
     * @throws SyncException naming the table, if a trigger cannot be added
     */
    public void install(SyncPlan plan) {
        Migration.run(source);
        try (Connection connection = source.getConnection()) {
            Jdbc.one(connection, "SELECT pg_advisory_lock(?)", row -> true, INSTALL_LOCK);
            try {
                install(connection, plan);
            } finally {
                Jdbc.one(connection, "SELECT pg_advisory_unlock(?)", row -> true, INSTALL_LOCK);
            }
        } catch (SQLException e) {
            throw new SyncException("install failed: " + e.getMessage(), e);
        }
    }

    private void install(Connection connection, SyncPlan plan) throws SQLException {
        InstalledLayout before = InstalledLayout.read(connection).orElseThrow();
        List<Stream> wanted = Layout.streams(plan);
        for (Stream stream : wanted) {
            if (stream.columns().size() > Stream.MOST_COLUMNS) {
                throw new SyncException("table " + stream.table() + ": tenant and key have "
                        + stream.columns().size() + " columns together, and at most " + Stream.MOST_COLUMNS
                        + " can be captured");
            }
            InstalledStream installed = before.find(stream).orElse(null);
            if (installed == null) {
                // Registered, and known to a sequencer that runs, before the first change can be captured.
                installed = register(connection, stream);
                // A ledger of the same number can only be one whose key had other types.
                Views.drop(connection);
                Jdbc.execute(connection, "DROP TABLE IF EXISTS tideline." + installed.ledger());
                Jdbc.update(connection, "UPDATE tideline.sequencer SET layout_version = layout_version + 1");
                progress.accept("capturing " + stream.table() + " (" + String.join(", ", stream.columnNames()) + ")");
            }
            createLedgerAndFunctions(connection, installed);
            for (TableName table : tablesOf(connection, stream.table())) {
                addTriggers(connection, installed, table);
            }
        }
        new PartitionUpkeep(LOCK_TIMEOUT, LOCK_ATTEMPTS).adopt(connection);
        InstalledLayout now = InstalledLayout.read(connection).orElseThrow();
        recordMappings(connection, plan, now);
        for (InstalledStream obsolete : now.streams()) {
            if (wanted.stream()
                    .noneMatch(w -> now.find(w).filter(obsolete::equals).isPresent())) {
                remove(connection, obsolete);
                progress.accept("no longer capturing " + obsolete.stream().table());
            }
        }
        Jdbc.update(connection, "UPDATE tideline.sequencer SET layout_version = layout_version + 1");
        Views.replace(connection, InstalledLayout.read(connection).orElseThrow());
    }

    private static InstalledStream register(Connection connection, Stream stream) throws SQLException {
        // A stream of the same columns whose types changed is another one: its ledger cannot hold the new values.
        return Jdbc.one(
                connection,
                "INSERT INTO tideline.stream (kind, table_schema, table_name, columns, types, tenant_columns)"
                        + " VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (kind, table_schema, table_name, columns, tenant_columns) DO UPDATE"
                        + " SET types = EXCLUDED.types, incarnation = gen_random_uuid()"
                        + " RETURNING stream_id, incarnation",
                row -> new InstalledStream(row.getInt(1), row.getObject(2, java.util.UUID.class), stream),
                stream.kind().text(),
                stream.table().schema(),
                stream.table().name(),
                stream.columnNames(),
                stream.columnTypes(),
                stream.tenantColumns());
    }

    private static void createLedgerAndFunctions(Connection connection, InstalledStream installed) throws SQLException {
        connection.setAutoCommit(false);
        try {
            if (installed.stream().kind() == Stream.Kind.ROOT) {
                Jdbc.execute(connection, CaptureSql.ledger(installed));
            }
            int generation =
                    Jdbc.one(connection, "SELECT change_table FROM tideline.sequencer FOR SHARE", row -> row.getInt(1));
            Jdbc.execute(connection, CaptureSql.functions(installed, generation));
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** The table itself, and the tables that inherit from it: a trigger on a parent does not see a child's rows. */
    private static List<TableName> tablesOf(Connection connection, TableName table) throws SQLException {
        return Jdbc.list(
                connection,
                "WITH RECURSIVE family AS (SELECT CAST(? AS regclass)::oid AS oid UNION"
                        + " SELECT i.inhrelid FROM pg_inherits i JOIN family f ON i.inhparent = f.oid"
                        + " JOIN pg_class p ON p.oid = i.inhparent WHERE p.relkind = 'r')"
                        + " SELECT n.nspname, c.relname FROM family JOIN pg_class c USING (oid)"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace ORDER BY 1, 2",
                row -> new TableName(row.getString(1), row.getString(2)),
                table.sql());
    }

    private void addTriggers(Connection connection, InstalledStream installed, TableName table) throws SQLException {
        boolean there = Jdbc.one(
                connection,
                "SELECT count(*) = 5 FROM pg_trigger WHERE tgrelid = CAST(? AS regclass) AND tgname LIKE ?"
                        + " AND tgenabled = 'A'",
                row -> row.getBoolean(1),
                table.sql(),
                installed.name().replace("_", "\\_") + "\\_%");
        if (there) {
            return;
        }
        TableLock.retrying(connection, LOCK_TIMEOUT, LOCK_ATTEMPTS, "add triggers to " + table, () -> {
            dropTriggers(connection, installed, table);
            Jdbc.execute(connection, CaptureSql.triggers(installed, table.sql()));
        });
    }

    private static void dropTriggers(Connection connection, InstalledStream installed, TableName table)
            throws SQLException {
        for (String ending : List.of("insert", "update", "leave", "delete", "truncate")) {
            Jdbc.execute(
                    connection, "DROP TRIGGER IF EXISTS " + installed.name() + "_" + ending + " ON " + table.sql());
        }
    }

    private static void recordMappings(Connection connection, SyncPlan plan, InstalledLayout layout)
            throws SQLException {
        connection.setAutoCommit(false);
        try {
            List<Integer> kept = new ArrayList<>();
            for (Mapping mapping : plan.mappings()) {
                InstalledStream root = layout.rootOf(mapping);
                Jdbc.update(
                        connection,
                        "INSERT INTO tideline.mapping (name, stream_id, definition) VALUES (?, ?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET stream_id = EXCLUDED.stream_id,"
                                + " definition = EXCLUDED.definition",
                        mapping.name(),
                        root.id(),
                        Layout.definition(mapping));
                for (Mapping.Dependency dependency : mapping.dependencies()) {
                    kept.add(recordDependency(connection, layout, root, dependency));
                }
            }
            Jdbc.update(
                    connection,
                    "DELETE FROM tideline.mapping WHERE name <> ALL (CAST(? AS text[]))",
                    plan.mappings().stream().map(Mapping::name).toList());
            Jdbc.update(
                    connection,
                    "DELETE FROM tideline.dependency WHERE dependency_id::text <> ALL (CAST(? AS text[]))",
                    kept.stream().map(String::valueOf).toList());
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static int recordDependency(
            Connection connection, InstalledLayout layout, InstalledStream root, Mapping.Dependency dependency)
            throws SQLException {
        return Jdbc.one(
                connection,
                "INSERT INTO tideline.dependency (stream_id, root_stream, root_columns, root_types)"
                        + " VALUES (?, ?, ?, ?) ON CONFLICT (stream_id, root_stream, root_columns) DO UPDATE"
                        + " SET root_types = EXCLUDED.root_types RETURNING dependency_id",
                row -> row.getInt(1),
                layout.find(Layout.dependency(dependency)).orElseThrow().id(),
                root.id(),
                dependency.root().stream().map(c -> c.name()).toList(),
                dependency.root().stream().map(c -> c.plainType()).toList());
    }

    private void remove(Connection connection, InstalledStream obsolete) throws SQLException {
        dropTriggersEverywhere(connection, obsolete);
        Views.drop(connection);
        Jdbc.execute(connection, "DROP TABLE IF EXISTS tideline." + obsolete.ledger());
        for (String ending : List.of("new", "old", "truncated")) {
            Jdbc.execute(connection, "DROP FUNCTION IF EXISTS tideline." + obsolete.name() + "_" + ending + "()");
        }
        Jdbc.update(connection, "DELETE FROM tideline.stream WHERE stream_id = ?", obsolete.id());
    }

    private void dropTriggersEverywhere(Connection connection, InstalledStream obsolete) throws SQLException {
        List<TableName> tables = Jdbc.list(
                connection,
                "SELECT DISTINCT n.nspname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                        + " JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace pn ON pn.oid = p.pronamespace"
                        + " WHERE pn.nspname = 'tideline' AND NOT t.tgisinternal AND t.tgname LIKE ?"
                        + " AND NOT c.relispartition",
                row -> new TableName(row.getString(1), row.getString(2)),
                obsolete.name().replace("_", "\\_") + "\\_%");
        for (TableName table : tables) {
            TableLock.retrying(
                    connection,
                    LOCK_TIMEOUT,
                    LOCK_ATTEMPTS,
                    "remove the triggers from " + table,
                    () -> dropTriggers(connection, obsolete, table));
        }
    }

    /**
     * Takes away everything of ours; nothing of the user's is touched but the triggers.
     *
     * @return whether there was anything
     */
    public boolean uninstall() {
        try (Connection connection = source.getConnection()) {
            InstalledLayout layout = InstalledLayout.read(connection).orElse(null);
            boolean schema =
                    Jdbc.one(connection, "SELECT to_regnamespace('tideline') IS NOT NULL", row -> row.getBoolean(1));
            if (!schema) {
                return false;
            }
            if (layout != null) {
                for (InstalledStream stream : layout.streams()) {
                    dropTriggersEverywhere(connection, stream);
                    progress.accept("no longer capturing " + stream.stream().table());
                }
            }
            TableLock.retrying(
                    connection,
                    LOCK_TIMEOUT,
                    LOCK_ATTEMPTS,
                    "drop schema tideline",
                    () -> Jdbc.execute(connection, "DROP SCHEMA tideline CASCADE"));
            return true;
        } catch (SQLException e) {
            throw new SyncException("uninstall failed: " + e.getMessage(), e);
        }
    }
}
