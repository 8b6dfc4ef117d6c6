package dev.tideline.sync.engine;

import dev.tideline.sync.fetch.FetchException;

/** The source cannot be used now. No target is to blame, and none is put off because of it. */
final class SourceTroubleException extends RuntimeException {

    private final FetchException failure;

    SourceTroubleException(FetchException failure) {
        super(failure.getMessage(), failure);
        this.failure = failure;
    }

    FetchException failure() {
        return failure;
    }
}
