package dev.tideline.collector.otlp;

import java.io.IOException;

/** A part of a request that cannot be left out, such as a resource, is too large. */
public final class OversizedPartException extends IOException {

    private static final long serialVersionUID = 1;

    public OversizedPartException(String message) {
        super(message);
    }
}
