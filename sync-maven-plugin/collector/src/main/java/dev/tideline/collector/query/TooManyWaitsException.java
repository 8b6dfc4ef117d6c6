package dev.tideline.collector.query;

/** No further wait is taken at the moment. */
public final class TooManyWaitsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** Creates it. */
    public TooManyWaitsException(int most) {
        super("no more than " + most + " waits at one time");
    }
}
