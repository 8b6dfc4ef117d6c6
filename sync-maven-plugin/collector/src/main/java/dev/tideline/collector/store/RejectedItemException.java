package dev.tideline.collector.store;

/** One item is invalid; the others of its request are not touched by that. The message is the reason, without the item. */
public final class RejectedItemException extends Exception {

    /** Creates the rejection; it carries no stack trace, since a hostile sender could ask for millions. */
    public RejectedItemException(String reason) {
        super(reason, null, false, false);
    }
}
