package dev.tideline.sync.capture;

import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The triggers of a stream on the user's tables. Adding them takes SHARE ROW EXCLUSIVE, which blocks writers but not
 * readers. Removing one takes ACCESS EXCLUSIVE. Each attempt waits for its lock only briefly, so that nobody waits
 * longer because of us.
 */
final class CaptureTriggers {

    /** Suffixes of the names of the triggers that fire; see {@code create-triggers.sql}. */
    private static final List<String> FIRING = List.of("insert", "update", "delete", "truncate");

    private CaptureTriggers() {}

    /** The table and the tables that inherit from it: a trigger on a parent does not see a child's rows. */
    static List<TableName> tablesOf(Connection connection, TableName table) throws SQLException {
        return Jdbc.list(
                connection,
                SqlTemplate.text("1-capture/family"),
                row -> new TableName(row.getString(1), row.getString(2)),
                table.sql());
    }

    /** Whether a table has all of them, and they fire whatever the session's role. */
    static boolean presentOn(Connection connection, InstalledStream stream, TableName table) throws SQLException {
        return Jdbc.one(
                connection,
                SqlTemplate.text("1-capture/firing-triggers"),
                row -> row.getInt(1) == FIRING.size(),
                table.sql(),
                pattern(stream));
    }

    /** Adds them if the table lacks any. */
    static boolean add(Connection connection, InstalledStream stream, TableName table) throws SQLException {
        if (presentOn(connection, stream, table)) {
            return false;
        }
        TableLock.patiently(connection, "add triggers to " + table, () -> replace(connection, stream, table));
        return true;
    }

    /** Replaces them. Runs within a transaction of the caller. */
    static void replace(Connection connection, InstalledStream stream, TableName table) throws SQLException {
        drop(connection, stream, table);
        Jdbc.execute(connection, CaptureSql.triggers(stream, table.sql()));
    }

    /** Removes them from all tables; those of partitions go with their parents'. */
    static void removeEverywhere(Connection connection, InstalledStream stream) throws SQLException {
        for (TableName table : tablesWithTriggers(connection, stream)) {
            TableLock.patiently(connection, "remove the triggers from " + table, () -> drop(connection, stream, table));
        }
    }

    /** Removes them from one table, unless it is locked. */
    static boolean remove(Connection connection, InstalledStream stream, TableName table) throws SQLException {
        return TableLock.once(connection, "remove the triggers from " + table, () -> drop(connection, stream, table));
    }

    /** The tables that have any of them. */
    static List<TableName> tablesWithTriggers(Connection connection, InstalledStream stream) throws SQLException {
        return Jdbc.list(
                connection,
                SqlTemplate.text("1-capture/tables-with-triggers"),
                row -> new TableName(row.getString(1), row.getString(2)),
                pattern(stream));
    }

    /** Drops only triggers that exist: DROP TRIGGER takes ACCESS EXCLUSIVE even if there is nothing to drop. */
    private static void drop(Connection connection, InstalledStream stream, TableName table) throws SQLException {
        for (String trigger : standing(connection, stream, table)) {
            Jdbc.execute(connection, "DROP TRIGGER " + trigger + " ON " + table.sql());
        }
    }

    private static List<String> standing(Connection connection, InstalledStream stream, TableName table)
            throws SQLException {
        return Jdbc.list(
                connection,
                SqlTemplate.text("1-capture/standing-triggers"),
                row -> row.getString(1),
                table.sql(),
                pattern(stream));
    }

    private static String pattern(InstalledStream stream) {
        return stream.name().replace("_", "\\_") + "\\_%";
    }
}
