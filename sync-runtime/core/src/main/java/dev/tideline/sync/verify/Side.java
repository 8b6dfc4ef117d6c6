package dev.tideline.sync.verify;

/** One of the two databases that are compared. */
public enum Side {
    SOURCE("source"),
    TARGET("target");

    private final String word;

    Side(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
