package dev.tideline.ports;

/** A port prefix that is not a whole number from {@value PortPrefix#MIN} to {@value PortPrefix#MAX}. */
public final class InvalidPrefixException extends PortConfigException {
    private static final int LONGEST_SHOWN = 40;

    InvalidPrefixException(String value, String origin) {
        super("Port prefix '" + printable(value) + "' from " + origin + " is not valid: give a whole number from "
                + PortPrefix.MIN + " to " + PortPrefix.MAX + ", or '" + PrefixResolver.AUTO
                + "' for a free one of this workspace.");
    }

    /** The value may come from anywhere: it must neither flood the terminal nor send control sequences to it. */
    private static String printable(String value) {
        StringBuilder shown = new StringBuilder();
        value.codePoints()
                .limit(LONGEST_SHOWN)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(shown::appendCodePoint);
        return value.codePointCount(0, value.length()) > LONGEST_SHOWN ? shown + "…" : shown.toString();
    }
}
