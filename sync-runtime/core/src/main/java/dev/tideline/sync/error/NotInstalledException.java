package dev.tideline.sync.error;

import java.util.List;

/** The configuration differs from what is installed in the source. */
public final class NotInstalledException extends SyncException {

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
