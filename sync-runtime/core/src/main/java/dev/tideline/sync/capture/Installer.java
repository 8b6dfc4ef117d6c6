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
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Makes the source capture what a plan needs, and takes it all away again. Both may be run again at any time, and after
 * having been killed in the middle: what stands is left, what lacks is made. One at a time, by an advisory lock.
 */
public final class Installer {

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
     * Installs the plan into a source whose schema {@code tideline} is this version's.
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

    /** Does something during which nothing may be installed; false, and nothing, while somebody installs. */
    static boolean unlessAtWork(Connection connection, Jdbc.Work<Boolean> work) throws SQLException {
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
        StreamInstaller streams = new StreamInstaller(connection, Layout.compared(plan, connection), progress);
        List<Stream> wanted = Layout.streams(plan);
        for (Stream stream : wanted) {
            streams.install(stream, before);
        }
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
     * Takes away everything of ours; nothing of the user's is touched but the triggers.
     *
     * @return whether there was anything
     */
    public boolean uninstall() {
        try (Connection connection = source.getConnection()) {
            boolean schema =
                    Jdbc.one(connection, "SELECT to_regnamespace('tideline') IS NOT NULL", row -> row.getBoolean(1));
            if (!schema) {
                return false;
            }
            // A runtime would put back what is taken away.
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
