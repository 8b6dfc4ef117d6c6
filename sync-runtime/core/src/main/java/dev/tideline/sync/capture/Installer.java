package dev.tideline.sync.capture;

import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Layout;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.request.WebhookRegister;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Makes the source capture what a plan needs, and removes it all again. Both may be repeated at any time, also after
 * they were killed halfway: existing parts are kept, missing ones are created. An advisory lock allows one at a time.
 */
public final class Installer {

    /** An arbitrary number that nobody else uses. */
    static final long INSTALL_LOCK = 7_415_531_104_001L;

    private final DataSource source;
    private final Consumer<String> progress;

    /**
     * @param progress gets a line for each step
     */
    public Installer(DataSource source, Consumer<String> progress) {
        this.source = source;
        this.progress = progress;
    }

    /**
     * Installs the plan into a source whose schema {@code tideline} has this version.
     *
     * @throws SyncException naming the table, if a trigger cannot be added
     */
    public void install(SyncPlan plan) {
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

    /**
     * Does work during which nothing may be installed. Returns false, and does nothing, while an install is running.
     */
    static boolean unlessInstalling(Connection connection, Jdbc.Work<Boolean> work) throws SQLException {
        if (!Jdbc.one(connection, "SELECT pg_try_advisory_lock(?)", row -> row.getBoolean(1), INSTALL_LOCK)) {
            return false;
        }
        try {
            return work.run();
        } finally {
            Jdbc.one(connection, "SELECT pg_advisory_unlock(?)", row -> true, INSTALL_LOCK);
        }
    }

    private void install(Connection connection, SyncPlan plan) throws SQLException {
        InstalledLayout before = InstalledLayout.read(connection).orElseThrow();
        Jdbc.update(connection, "DELETE FROM tideline.refused_tenant");
        Jdbc.execute(connection, SqlTemplate.text("1-capture/create-turn"));
        Map<Integer, String> replaced = CaptureWatch.replacedFunctions(connection, before);
        StreamInstaller streams = new StreamInstaller(connection, Layout.compared(plan, connection), progress);
        List<Stream> wanted = Layout.streams(plan);
        for (Stream stream : wanted) {
            streams.install(stream, before);
        }
        Jdbc.inTransaction(connection, () -> CaptureWatch.recordFunctions(connection, replaced));
        new PartitionUpkeep().adopt(connection);
        InstalledLayout now = InstalledLayout.read(connection).orElseThrow();
        MappingRegister.record(connection, plan, now);
        WebhookRegister.record(connection, plan.config());
        for (InstalledStream obsolete : now.obsolete(wanted)) {
            streams.remove(obsolete);
        }
        Views.replace(connection, InstalledLayout.read(connection).orElseThrow());
    }

    /**
     * Removes everything of ours; of the user's tables, only the triggers are touched.
     *
     * @return whether there was anything to remove
     */
    public boolean uninstall() {
        try (Connection connection = source.getConnection()) {
            boolean schema =
                    Jdbc.one(connection, "SELECT to_regnamespace('tideline') IS NOT NULL", row -> row.getBoolean(1));
            if (!schema) {
                return false;
            }
            // Otherwise a running runtime would restore what is removed.
            Jdbc.one(connection, "SELECT pg_advisory_lock(?)", row -> true, INSTALL_LOCK);
            try {
                remove(connection);
            } finally {
                Jdbc.one(connection, "SELECT pg_advisory_unlock(?)", row -> true, INSTALL_LOCK);
            }
            return true;
        } catch (SQLException e) {
            throw new SyncException("uninstall failed: " + e.getMessage(), e);
        }
    }

    private void remove(Connection connection) throws SQLException {
        for (InstalledStream stream :
                InstalledLayout.read(connection).map(InstalledLayout::streams).orElse(List.of())) {
            CaptureTriggers.removeEverywhere(connection, stream);
            progress.accept("no longer capturing " + stream.stream().label());
        }
        TableLock.patiently(
                connection, "drop schema tideline", () -> Jdbc.execute(connection, "DROP SCHEMA tideline CASCADE"));
    }
}
