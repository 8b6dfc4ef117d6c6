package dev.tideline.bench.contestant;

import dev.tideline.bench.track.Track;
import java.io.IOException;
import java.sql.SQLException;

/**
 * Keeps table {@code item} of a target equal to that of a source. Used once, by one thread. Contestants of other
 * packages are named to {@link Peers}.
 */
public interface Contestant extends AutoCloseable {

    /** The name in the results: {@code tideline}, {@code native}, … */
    String subject();

    /** What can be measured. */
    default Kind kind() {
        return Kind.FOLLOWER;
    }

    /** Prepares a filled source. There is no target yet. */
    void install(Track track) throws SQLException, IOException;

    /** Starts to fill the empty target and then to follow the source; returns at once. */
    void addTarget() throws SQLException, IOException;

    /** Stops applying changes; they collect at the source. Returns when nothing moves any more. */
    void pause() throws SQLException, IOException;

    /** Continues; returns at once. */
    void resume() throws SQLException, IOException;

    /** Removes everything that would hold the databases or the servers' logs. */
    @Override
    void close() throws SQLException;

    /** What a contestant can do. */
    enum Kind {
        /** Follows its source by itself: everything. */
        FOLLOWER,
        /** Follows, and makes the application's transactions do more work even while it does not run. */
        TRACKER,
        /** Is told what changed: it can be filled and drained, and nothing else. */
        CARRIER,
        /** Does nothing: only the source's own speed. */
        NOTHING
    }
}
