package dev.tideline.sync.runtime;

import dev.tideline.sync.loop.Pass;
import java.sql.SQLException;

/** A pass that does nothing while schema {@code tideline} is not there. As thread-safe as the pass. */
public final class InstalledOnly implements Pass {

    private final SyncPipeline pipeline;
    private final Pass pass;
    private final boolean looks;

    private InstalledOnly(SyncPipeline pipeline, Pass pass, boolean looks) {
        this.pipeline = pipeline;
        this.pass = pass;
        this.looks = looks;
    }

    /** Is not run while the schema is known to be gone. */
    public static Pass of(SyncPipeline pipeline, Pass pass) {
        return new InstalledOnly(pipeline, pass, false);
    }

    /** Also finds out when the schema is back. */
    public static Pass looking(SyncPipeline pipeline, Pass pass) {
        return new InstalledOnly(pipeline, pass, true);
    }

    @Override
    public Next runOnce() throws Exception {
        if (pipeline.uninstalled() && looks) {
            pipeline.followLayout();
        }
        if (pipeline.uninstalled()) {
            return new Next.Idle();
        }
        try {
            return pass.runOnce();
        } catch (SQLException e) {
            pipeline.followLayout();
            if (!pipeline.uninstalled()) {
                throw e;
            }
            return new Next.Idle();
        }
    }
}
