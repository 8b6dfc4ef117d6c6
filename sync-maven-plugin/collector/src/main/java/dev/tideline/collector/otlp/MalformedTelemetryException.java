package dev.tideline.collector.otlp;

import java.io.IOException;

/** A request that cannot be decoded: the sender must not send it again as it is. */
public final class MalformedTelemetryException extends IOException {

    private static final long serialVersionUID = 1;

    private final String field;

    /**
     * Creates it.
     *
     * @param field where in the request, as a path; empty if not known
     * @param description what is wrong there
     */
    public MalformedTelemetryException(String field, String description) {
        super(description);
        this.field = field;
    }

    /** Where in the request, as a path; empty if not known. */
    public String field() {
        return field;
    }
}
