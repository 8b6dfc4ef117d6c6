package dev.tideline.sync;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Switches in the source, read by every runtime before each pass; they outlive restarts. Used by one thread. */
public final class Fusebox {

    private final Connection source;

    public Fusebox(Connection source) {
        this.source = source;
    }

    /**
     * Switches a stage.
     *
     * @param stage {@code sequencer} or {@code poller}
     */
    public void set(String stage, boolean enabled) throws SQLException {
        if (!Set.of("sequencer", "poller").contains(stage)) {
            throw new IllegalArgumentException("no such stage: " + stage);
        }
        write(stage, enabled);
    }

    /** Switches one external database. @param label {@code <tenant>/<name>} */
    public void setTarget(String label, boolean enabled) throws SQLException {
        write("target:" + label, enabled);
        int slash = label.lastIndexOf('/');
        if (enabled && slash > 0) {
            Jdbc.update(source, SqlTemplate.text("3-dispatch/enqueue-sync"), List.of(label.substring(0, slash)));
        }
    }

    /** Whether a stage is on; it is, unless somebody switched it off. */
    public boolean enabled(String stage) throws SQLException {
        return Jdbc.first(source, "SELECT enabled FROM tideline.fuse WHERE name = ?", row -> row.getBoolean(1), stage)
                .orElse(true);
    }

    private void write(String name, boolean enabled) throws SQLException {
        if (!Jdbc.one(source, "SELECT to_regclass('tideline.fuse') IS NOT NULL", row -> row.getBoolean(1))) {
            throw new SyncException("Tideline is not installed in this source. Run \"install\" first");
        }
        Jdbc.update(
                source,
                "INSERT INTO tideline.fuse (name, enabled) VALUES (?, ?)"
                        + " ON CONFLICT (name) DO UPDATE SET enabled = EXCLUDED.enabled",
                name,
                enabled);
    }
}
