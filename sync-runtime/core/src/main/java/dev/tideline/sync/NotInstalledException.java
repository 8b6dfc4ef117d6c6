package dev.tideline.sync;

import dev.tideline.sync.capture.InstalledLayout;
import dev.tideline.sync.mapping.SyncPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What is configured is not what is installed in the source. */
public final class NotInstalledException extends SyncException {

    private static final long serialVersionUID = 1L;

    private static final String NOTHING = "Tideline is not installed in this source";

    /** Throws unless a plan is what is installed. */
    public static void unlessInstalled(SyncPlan plan, Optional<InstalledLayout> layout) {
        List<String> differences =
                layout.map(installed -> installed.differences(plan)).orElse(List.of(NOTHING));
        if (!differences.isEmpty()) {
            throw new NotInstalledException(differences);
        }
    }

    /** What is installed, whatever is configured. */
    public static InstalledLayout required(Connection source) throws SQLException {
        return InstalledLayout.read(source).orElseThrow(() -> new NotInstalledException(List.of(NOTHING)));
    }

    private NotInstalledException(List<String> differences) {
        super(String.join("; ", differences) + ". Run \"install\" with this configuration first");
    }

    /** Another version of Tideline installed schema {@code tideline}. */
    public NotInstalledException(int installed, int required) {
        super("schema tideline has version " + installed + ", and this version of Tideline works with version "
                + required
                + ". "
                + (installed < required
                        ? "Run \"install\" with this configuration first"
                        : "Use the version of Tideline that installed it, or a later one"));
    }
}
