package dev.tideline.collector.query;

/** No further wait is accepted at the moment. */
public final class TooManyWaitsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public TooManyWaitsException(int most) {
        super("no more than " + most + " waits at one time");
    }
}
