package dev.tideline.sync.config;

/** Shortens a text whose length others decide, such as a server's error message. */
public final class Excerpt {

    /** Characters. Long enough for a message with a statement in it, short enough for a hundred of them. */
    public static final int LONGEST = 2_000;

    private Excerpt() {}

    /** The text, or its beginning and its length. */
    public static String of(String text) {
        if (text == null || text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "… (" + text.length() + " characters)";
    }
}
