package dev.tideline.sync.runtime;

import dev.tideline.sync.loop.Pass;
import java.sql.SQLException;

/**
 * A pass that does nothing while schema {@code tideline} does not exist or has a later version. As thread-safe as the
 * pass.
 */
public final class InstalledOnly implements Pass {

    private final SyncPipeline pipeline;
    private final Pass pass;
    private final boolean looks;
    private final Release release;

    private InstalledOnly(SyncPipeline pipeline, Pass pass, boolean looks, Release release) {
        this.pipeline = pipeline;
        this.pass = pass;
        this.looks = looks;
        this.release = release;
    }

    /** Releases what a pass holds between its runs; may be called again. */
    public interface Release {
        void release() throws SQLException;
    }

    /** Does not run the pass while the schema is known to be unusable. */
    public static Pass of(SyncPipeline pipeline, Pass pass) {
        return of(pipeline, pass, () -> {});
    }

    /** The same for a pass that holds something for which others wait. */
    public static Pass of(SyncPipeline pipeline, Pass pass, Release release) {
        return new InstalledOnly(pipeline, pass, false, release);
    }

    /** Also finds out when the schema is usable again. */
    public static Pass looking(SyncPipeline pipeline, Pass pass) {
        return new InstalledOnly(pipeline, pass, true, () -> {});
    }

    @Override
    public Next runOnce() throws Exception {
        if (pipeline.unusable() && looks) {
            pipeline.followLayout();
        }
        if (pipeline.unusable()) {
            release.release();
            return new Next.Idle();
        }
        try {
            return pass.runOnce();
        } catch (SQLException e) {
            pipeline.followLayout();
            if (!pipeline.unusable()) {
                throw e;
            }
            return new Next.Idle();
        }
    }
}
