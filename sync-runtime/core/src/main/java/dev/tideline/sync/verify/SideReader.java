package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads single current rows of one side. Used by one thread. */
final class SideReader {

    private final Session session;
    private final RowSet rows;
    private final RowHash hash;

    /** Keys are found by their text if some key of the other side is no valid value of this side's type. */
    private boolean byText;

    SideReader(Session session, RowSet rows, RowHash hash) {
        this.session = session;
        this.rows = rows;
        this.hash = hash;
    }

    /** Runs work that may repeat the lookup of keys. */
    <T> T read(Session.Work<T> work) {
        try {
            return session.read("rows were read again", work);
        } catch (VerifyException e) {
            if (byText || !(e.getCause() instanceof SQLException sql) || !SqlState.isAValues(sql)) {
                throw e;
            }
            byText = true;
            return session.read("rows were read again", work);
        }
    }

    /** The rows with these keys; absent ones are left out. */
    Map<RowKey, RowSnapshot> at(Connection connection, Collection<RowKey> keys) throws SQLException {
        Map<String, String> parts = parts(keys);
        parts.put("rowHash", hash.of(rows.columns()));
        parts.put("columnHashes", Sql.list(rows.columns(), column -> hash.of(List.of(column))));
        Map<RowKey, RowSnapshot> looks = new HashMap<>();
        Jdbc.listAsWritten(
                connection,
                SqlTemplate.of("8-verify/look").with(parts).fill(),
                row -> looks.merge(
                        RowKey.read(row, 3, rows.keys().size()),
                        new RowSnapshot(row.getLong(1), 1, List.of((Long[])
                                row.getArray(2).getArray())),
                        RowSnapshot::and));
        return looks;
    }

    /** SQL for a COPY of the rows with these keys, all columns in the mapping's order. */
    String copy(Collection<RowKey> keys) {
        Map<String, String> parts = parts(keys);
        parts.put("columns", Sql.list(rows.columns(), column -> column));
        return SqlTemplate.of("8-verify/copy-rows").with(parts).fill();
    }

    TableName table() {
        return rows.table();
    }

    /** Work on this side that writes. */
    <T> T write(Session.Work<T> work) {
        return session.write("rows were repaired", work);
    }

    /** Whether keys are compared by their text, because some key is no valid value of this side's type. */
    boolean byText() {
        return byText;
    }

    /** The parameters of a query for these keys: {@code keyArrays}, {@code match} and so on. */
    Map<String, String> parts(Collection<RowKey> keys) {
        Map<String, String> parts = RowKey.table(keys, rows.keys().size());
        String match = RowKey.match(rows.lookupKeys(), rows.keyTypes(), rows.exactKeys(), byText);
        parts.put("match", match);
        // OFFSET 0 makes the planner use the key's index for each row, whatever it estimates; by text no index can be
        // used.
        parts.put("rows", rows.query().apply(match) + (byText ? "" : "\nOFFSET 0"));
        return parts;
    }
}
