package dev.tideline.sync.capture;

import dev.tideline.sync.SyncException;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.function.Consumer;

/** Makes what one stream takes in the source, and removes it. Used by one thread. */
final class StreamInstaller {

    private final Connection connection;
    private final Consumer<String> progress;

    StreamInstaller(Connection connection, Consumer<String> progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** Makes what lacks. */
    void install(Stream stream, InstalledLayout before) throws SQLException {
        if (stream.columns().size() > Stream.MOST_COLUMNS) {
            throw new SyncException("table " + stream.table() + ": tenant and key have "
                    + stream.columns().size() + " columns together, and at most " + Stream.MOST_COLUMNS
                    + " can be captured");
        }
        InstalledStream installed = before.find(stream).orElse(null);
        boolean known = installed != null;
        if (!known) {
            installed = register(stream);
            progress.accept("capturing " + stream.label());
        }
        createLedgerAndFunctions(installed);
        boolean lacked = false;
        for (TableName table : CaptureTriggers.tablesOf(connection, stream.table())) {
            lacked |= CaptureTriggers.add(connection, installed, table);
        }
        if (known && lacked) {
            // While they did not stand, or did not fire, nobody knows what went by.
            int id = installed.id();
            Jdbc.inTransaction(connection, () -> {
                Jdbc.update(connection, SqlTemplate.text("2-sequence/raise-epoch"), id, id);
                return Layout.raiseVersion(connection);
            });
            progress.accept("capturing " + stream.table()
                    + " again: its triggers were not in place, so every external database is compared with it");
        }
    }

    /** Known to a sequencer that runs before the first change can be captured. */
    private InstalledStream register(Stream stream) throws SQLException {
        return Jdbc.inTransaction(connection, () -> {
            // A stream of the same columns whose types changed is another one: its ledger cannot hold the new values.
            InstalledStream installed = Jdbc.one(
                    connection,
                    "INSERT INTO tideline.stream (kind, table_schema, table_name, columns, types, tenant_columns,"
                            + " text_keys) VALUES (?, ?, ?, ?, ?, ?, ?)"
                            + " ON CONFLICT (kind, table_schema, table_name, columns, tenant_columns) DO UPDATE"
                            + " SET types = EXCLUDED.types, text_keys = EXCLUDED.text_keys, incarnation = gen_random_uuid()"
                            + " RETURNING stream_id, incarnation",
                    row -> new InstalledStream(row.getInt(1), row.getObject(2, UUID.class), stream),
                    stream.kind().text(),
                    stream.table().schema(),
                    stream.table().name(),
                    stream.columnNames(),
                    stream.columnTypes(),
                    stream.tenantColumns(),
                    stream.textKeys());
            // A ledger of the same number can only be one whose key had other types.
            Views.drop(connection);
            Jdbc.execute(connection, "DROP TABLE IF EXISTS tideline." + installed.ledger());
            Layout.raiseVersion(connection);
            return installed;
        });
    }

    private void createLedgerAndFunctions(InstalledStream installed) throws SQLException {
        Jdbc.inTransaction(connection, () -> {
            if (installed.stream().kind() == Stream.Kind.ROOT) {
                Jdbc.execute(connection, CaptureSql.ledger(installed));
            }
            int generation =
                    Jdbc.one(connection, "SELECT change_table FROM tideline.sequencer FOR SHARE", row -> row.getInt(1));
            Jdbc.execute(connection, CaptureSql.functions(installed, generation));
            return installed;
        });
    }

    /** Removes what nobody needs any more. */
    void remove(InstalledStream obsolete) throws SQLException {
        CaptureTriggers.removeEverywhere(connection, obsolete);
        Jdbc.inTransaction(connection, () -> {
            Views.drop(connection);
            Jdbc.execute(connection, "DROP TABLE IF EXISTS tideline." + obsolete.ledger());
            for (String ending : CaptureSql.FUNCTIONS) {
                Jdbc.execute(connection, "DROP FUNCTION IF EXISTS tideline." + obsolete.name() + "_" + ending + "()");
            }
            Jdbc.update(connection, "DELETE FROM tideline.stream WHERE stream_id = ?", obsolete.id());
            return Layout.raiseVersion(connection);
        });
        progress.accept("no longer capturing " + obsolete.stream().label());
    }
}
