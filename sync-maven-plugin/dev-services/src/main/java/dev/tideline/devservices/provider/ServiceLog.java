package dev.tideline.devservices.provider;

import java.util.List;

/** The messages of one service, oldest first, and new ones. Not thread-safe. */
public interface ServiceLog extends AutoCloseable {

    /** The last lines of the log. {@link #added()} returns what is added afterwards. */
    List<String> tail(int lines);

    /** The lines added since the last call of this method, or of {@link #tail}; does not wait. */
    List<String> added();

    /** Releases what following needs. */
    @Override
    default void close() {}
}
