package dev.tideline.sync.config;

import java.util.List;

/** The source does not answer. Unlike other problems this one may pass without a change to the configuration. */
public final class SourceUnavailableException extends ConfigException {

    /** With what the driver said. */
    public SourceUnavailableException(Problem problem, Throwable cause) {
        super(List.of(problem), cause);
    }
}
