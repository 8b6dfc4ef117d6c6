package dev.tideline.collector.store;

/**
 * One item is invalid, which does not affect the others of its request. The message is the reason, without the item.
 */
public final class RejectedItemException extends Exception {

    /** Without a stack trace, since a hostile sender could cause millions. */
    public RejectedItemException(String reason) {
        super(reason, null, false, false);
    }
}
