package dev.tideline.directory.writer;

import java.util.Random;

/** What a transaction is about, and how often it happens. */
public enum Activity {
    /** A new user, mostly with one or two addresses; some stay anonymous. */
    SIGN_UP(25),
    /** A user gets another name. */
    RENAME(27),
    /** A user's other address, or a new one, becomes the primary one. */
    CHANGE_PRIMARY(15),
    /** A user gets an address more. */
    ADD_CHANNEL(8),
    /** An address is confirmed. */
    VERIFY_CHANNEL(8),
    /** An address that is not the primary one goes. */
    REMOVE_CHANNEL(4),
    /** An anonymous user signs up. */
    IDENTIFY(4),
    /** A user goes, with all addresses. */
    DELETE_USER(9);

    private final int weight;

    Activity(int weight) {
        this.weight = weight;
    }

    static Activity any(Random random) {
        int left = random.nextInt(100);
        for (Activity activity : values()) {
            left -= activity.weight;
            if (left < 0) {
                return activity;
            }
        }
        throw new IllegalStateException("the weights make less than 100");
    }
}
