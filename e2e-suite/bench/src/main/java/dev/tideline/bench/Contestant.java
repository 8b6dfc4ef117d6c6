package dev.tideline.bench;

import java.sql.SQLException;

/** Something that keeps table {@code item} of a target equal to that of a source. Used once, by one thread. */
interface Contestant extends AutoCloseable {

    /** The name in the results: {@code tideline}, {@code native}, … */
    String subject();

    /** Prepares a filled source. No target is there yet. */
    void install(Track track) throws SQLException;

    /** Begins to fill the empty target and to follow the source from then on; returns at once. */
    void addTarget() throws SQLException;

    /** Stops carrying changes; they collect at the source. Returns when nothing moves any more. */
    void pause() throws SQLException;

    /** Carries on; returns at once. */
    void resume() throws SQLException;

    /** Takes everything away that would hold the databases or the servers' logs. */
    @Override
    void close() throws SQLException;
}
