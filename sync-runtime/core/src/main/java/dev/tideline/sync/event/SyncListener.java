package dev.tideline.sync.event;

import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;

/** Receives what the engine does, from many threads at once. An exception thrown here fails the run that called. */
public interface SyncListener {

    SyncListener NONE = new SyncListener() {};

    /** A first copy, or a copy after a change of the mapping, begins. */
    default void copyStarted(ExternalDatabase target, Mapping mapping) {}

    /** A chunk of a copy was committed in the target. @param total rows copied so far */
    default void copied(ExternalDatabase target, Mapping mapping, long rows, long total) {}

    /** A copy is complete. */
    default void copyFinished(ExternalDatabase target, Mapping mapping, long total) {}

    /** Rows of a batch or a copy were parked, because they cannot be applied. @param rows how many; may be 0 */
    default void parked(ExternalDatabase target, Mapping mapping, int rows) {}

    /** A batch of changes was committed in the target. @param gone how many of the rows were deletions */
    default void applied(ExternalDatabase target, Mapping mapping, long rows, long gone, long cursor) {}

    /** A request was carried out: all external databases of the tenant are caught up. */
    default void requestDone(String tenant) {}
}
