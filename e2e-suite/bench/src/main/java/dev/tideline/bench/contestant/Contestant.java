package dev.tideline.bench.contestant;

import dev.tideline.bench.track.Track;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Something that keeps table {@code item} of a target equal to that of a source. Used once, by one thread. Others than
 * those of this package are named to {@link Peers}.
 */
public interface Contestant extends AutoCloseable {

    /** The name in the results: {@code tideline}, {@code native}, … */
    String subject();

    /** What can be measured of it. */
    default Kind kind() {
        return Kind.FOLLOWER;
    }

    /** Prepares a filled source. No target is there yet. */
    void install(Track track) throws SQLException, IOException;

    /** Begins to fill the empty target and to follow the source from then on; returns at once. */
    void addTarget() throws SQLException, IOException;

    /** Stops carrying changes; they collect at the source. Returns when nothing moves any more. */
    void pause() throws SQLException, IOException;

    /** Carries on; returns at once. */
    void resume() throws SQLException, IOException;

    /** Takes everything away that would hold the databases or the servers' logs. */
    @Override
    void close() throws SQLException;

    /** What a contestant can do. */
    enum Kind {
        /** Follows its source by itself: everything. */
        FOLLOWER,
        /** Follows, and the application's transactions do more work for it even while it does not run. */
        TRACKER,
        /** Is told what changed: it can be filled and drained, and nothing else. */
        CARRIER,
        /** Does nothing at all: only the source's own speed. */
        NOTHING
    }
}
