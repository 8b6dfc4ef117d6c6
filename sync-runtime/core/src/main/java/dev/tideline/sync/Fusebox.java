package dev.tideline.sync;

import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/**
 * Switches that pause stages and external databases. They are stored in the source, together with who switched what,
 * when, and from where; every runtime reads them before each pass, and at least once a second. Used by one thread.
 */
public final class Fusebox {

    /** The stages that have a switch. */
    public static final Set<String> STAGES = Set.of("sequencer", "poller");

    private final Connection source;

    public Fusebox(Connection source) {
        this.source = source;
    }

    /**
     * Who uses a switch.
     *
     * @param name of a person or a program
     * @param from where: an address, or the command line of a host
     */
    public record Actor(String name, String from) {

        /** The user of this process, at its command line. */
        public static Actor commandLine() {
            String host;
            try {
                host = InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                host = "this host";
            }
            return new Actor(System.getProperty("user.name", "unknown"), "command line on " + host);
        }
    }

    /** One use of a switch. @param name {@code sequencer}, {@code poller}, or {@code target:<tenant>/<name>} */
    public record Change(
            String name, boolean enabled, OffsetDateTime changedAt, String changedBy, String changedFrom) {}

    /** Switches a stage on behalf of this process's user. */
    public void set(String stage, boolean enabled) throws SQLException {
        set(stage, enabled, Actor.commandLine());
    }

    /**
     * Switches a stage.
     *
     * @param stage {@code sequencer} or {@code poller}
     */
    public void set(String stage, boolean enabled, Actor actor) throws SQLException {
        if (!STAGES.contains(stage)) {
            throw new IllegalArgumentException("no such stage: " + stage);
        }
        write(stage, enabled, actor);
    }

    /** Switches one external database on behalf of this process's user. */
    public void setTarget(String label, boolean enabled) throws SQLException {
        setTarget(label, enabled, Actor.commandLine());
    }

    /** Switches one external database. @param label {@code <tenant>/<name>} */
    public void setTarget(String label, boolean enabled, Actor actor) throws SQLException {
        write("target:" + label, enabled, actor);
        int slash = label.lastIndexOf('/');
        if (enabled && slash > 0) {
            Jdbc.update(source, SqlTemplate.text("3-dispatch/enqueue-sync"), List.of(label.substring(0, slash)));
        }
    }

    /** Whether a stage is on, which is the default. */
    public boolean enabled(String stage) throws SQLException {
        return Jdbc.first(source, "SELECT enabled FROM tideline.fuse WHERE name = ?", row -> row.getBoolean(1), stage)
                .orElse(true);
    }

    /** The latest uses of switches, newest first. */
    public List<Change> changes(int limit) throws SQLException {
        return Jdbc.list(
                source,
                SqlTemplate.text("6-status/fuse-changes"),
                row -> new Change(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getObject(3, OffsetDateTime.class),
                        row.getString(4),
                        row.getString(5)),
                limit);
    }

    private void write(String name, boolean enabled, Actor actor) throws SQLException {
        if (!Jdbc.one(source, "SELECT to_regclass('tideline.fuse') IS NOT NULL", row -> row.getBoolean(1))) {
            throw new SyncException("Tideline is not installed in this source. Run \"install\" first");
        }
        Jdbc.update(source, SqlTemplate.text("6-status/switch-fuse"), name, enabled, actor.name(), actor.from());
    }
}
