package dev.tideline.sync.apply;

/**
 * Another worker has moved this mapping's cursor in the target in the meantime. Nothing was changed; reading the cursor
 * again is all there is to do.
 */
public final class OvertakenException extends Exception {

    OvertakenException(String mapping) {
        super("mapping " + mapping + " was moved by another worker");
    }
}
