package dev.tideline.devservices.provider;

import java.util.List;

/** The messages of one service, oldest first, and what is added to them. Not thread-safe. */
public interface ServiceLog extends AutoCloseable {

    /**
     * The end of the log. What is added afterwards is had from {@link #added()}.
     *
     * @param lines how many lines at most
     * @return the last lines
     */
    List<String> tail(int lines);

    /** @return the lines added since the last call of this method, or of {@link #tail}; does not wait */
    List<String> added();

    /** Gives back what following needs. */
    @Override
    default void close() {}
}
