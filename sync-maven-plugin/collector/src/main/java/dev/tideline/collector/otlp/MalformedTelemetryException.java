package dev.tideline.collector.otlp;

import java.io.IOException;

/** A request that cannot be decoded: the sender must not repeat it unchanged. */
public final class MalformedTelemetryException extends IOException {

    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * @param field path in the request; empty if unknown
     */
    public MalformedTelemetryException(String field, String description) {
        super(description);
        this.field = field;
    }

    /** Path in the request; empty if unknown. */
    public String field() {
        return field;
    }
}
