package dev.tideline.collector.otlp;

import java.io.IOException;

/** A part of a request that cannot be left out, a resource for instance, is larger than is taken. */
public final class OversizedPartException extends IOException {

    private static final long serialVersionUID = 1;

    /** Creates it; the message names the part, its size and the limit. */
    public OversizedPartException(String message) {
        super(message);
    }
}
