package dev.tideline.collector.receive;

import java.io.IOException;

/** A request is rejected as a whole, with a status that says whether the sender may retry. */
final class RefusedException extends IOException {

    private static final long serialVersionUID = 1;

    private final OtlpStatus status;

    RefusedException(OtlpStatus status) {
        super(status.message());
        this.status = status;
    }

    static RefusedException tooLarge(String message) {
        return new RefusedException(OtlpStatus.of(413, message));
    }

    static RefusedException busy() {
        return new RefusedException(
                OtlpStatus.of(503, "the collector is reading as many requests as its memory allows; try again"));
    }

    OtlpStatus status() {
        return status;
    }
}
