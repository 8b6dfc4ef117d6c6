package dev.tideline.sync.capture;

import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Layout;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Creates and removes what captures one stream in the source. Used by one thread.
 *
 * @param compared see {@link InstalledStream#compared}; excludes streams of which any column may matter
 */
record StreamInstaller(Connection connection, Map<Stream, List<String>> compared, Consumer<String> progress) {

    /** Creates whatever is missing. */
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
        int id = installed.id();
        if (!known) {
            Jdbc.inTransaction(connection, () -> CaptureWatch.adopt(connection, id));
        } else if (lacked) {
            // While the triggers were missing or disabled, changes were missed.
            Jdbc.inTransaction(connection, () -> {
                CaptureWatch.compare(connection, id, "install found its triggers dropped or switched off");
                CaptureWatch.adopt(connection, id);
                return Layout.raiseVersion(connection);
            });
            progress.accept("capturing " + stream.table()
                    + " again: its triggers were not in place, so every external database is compared with it");
        }
    }

    /** Registers the stream, so that a sequencer that runs knows it before the first change is captured. */
    private InstalledStream register(Stream stream) throws SQLException {
        return Jdbc.inTransaction(connection, () -> {
            // A stream of the same columns with other types is another stream: its ledger cannot hold the new values.
            InstalledStream installed = Jdbc.one(
                    connection,
                    SqlTemplate.text("1-capture/register-stream"),
                    row -> new InstalledStream(row.getInt(1), row.getObject(2, UUID.class), stream, Optional.empty()),
                    stream.kind().text(),
                    stream.table().schema(),
                    stream.table().name(),
                    stream.columnNames(),
                    stream.columnTypes(),
                    stream.tenantColumns(),
                    stream.textKeys());
            Jdbc.update(connection, "DELETE FROM tideline.capture_watch WHERE stream_id = ?", installed.id());
            // A ledger of the same number can only be left over from a key of other types.
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
            Optional<List<String>> read = Optional.ofNullable(compared.get(installed.stream()));
            int changed = Jdbc.update(
                    connection, SqlTemplate.text("1-capture/set-compared"), read.orElse(null), installed.id());
            if (changed > 0) {
                Layout.raiseVersion(connection);
            }
            InstalledStream comparing =
                    new InstalledStream(installed.id(), installed.incarnation(), installed.stream(), read);
            Jdbc.execute(connection, CaptureSql.functions(comparing, generation));
            return comparing;
        });
    }

    /** Removes a stream that nothing uses any more. */
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
