package dev.tideline.sync;

import java.util.List;

/** What is configured is not what is installed in the source. */
public final class NotInstalledException extends SyncException {

    private static final long serialVersionUID = 1L;

    NotInstalledException(List<String> differences) {
        super(String.join("; ", differences) + ". Run \"install\" with this configuration first");
    }
}
