package dev.tideline.sync;

import dev.tideline.sync.capture.InstalledLayout;
import dev.tideline.sync.mapping.SyncPlan;
import java.util.List;
import java.util.Optional;

/** What is configured is not what is installed in the source. */
public final class NotInstalledException extends SyncException {

    private static final long serialVersionUID = 1L;

    /** Throws unless a plan is what is installed. */
    public static void unlessInstalled(SyncPlan plan, Optional<InstalledLayout> layout) {
        List<String> differences = layout.map(installed -> installed.differences(plan))
                .orElse(List.of("Tideline is not installed in this source"));
        if (!differences.isEmpty()) {
            throw new NotInstalledException(differences);
        }
    }

    /** @param differences between what is configured and what is installed, in words; at least one */
    public NotInstalledException(List<String> differences) {
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
