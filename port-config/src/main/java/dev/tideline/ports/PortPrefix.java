package dev.tideline.ports;

import java.util.regex.Pattern;

/**
 * The digits that every port of a workspace starts with.
 *
 * @param value {@value #MIN} to {@value #MAX}
 * @param origin of the value, in words that fit after "from", for example {@code the default}
 */
public record PortPrefix(int value, String origin) {
    /** The smallest prefix; its ports are 1100 to 1199, the first whole block above the privileged ports. */
    public static final int MIN = 11;
    /** The largest prefix; its ports are 65400 to 65499, the last whole block that exists. */
    public static final int MAX = 654;

    public static final int DEFAULT = 81;

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[1-9][0-9]{1,2}");

    /**
     * @throws InvalidPrefixException if the value is not {@value #MIN} to {@value #MAX}
     */
    public PortPrefix {
        if (value < MIN || value > MAX) {
            throw new InvalidPrefixException(Integer.toString(value), origin);
        }
    }

    /**
     * Parses a prefix.
     *
     * @param text digits, without sign or leading zeros; surrounding blanks are ignored
     * @param origin of the text
     * @throws InvalidPrefixException if the text is not a number in the range
     */
    public static PortPrefix parse(String text, String origin) {
        String digits = text.strip();
        if (!WHOLE_NUMBER.matcher(digits).matches()) {
            throw new InvalidPrefixException(digits, origin);
        }
        int value = Integer.parseInt(digits);
        if (value < MIN || value > MAX) {
            throw new InvalidPrefixException(digits, origin);
        }
        return new PortPrefix(value, origin);
    }

    /** The port of a service: the prefix followed by its two-digit suffix. */
    public int port(ServicePort service) {
        return firstPort() + service.suffix();
    }

    /** The port with suffix 00. */
    public int firstPort() {
        return value * 100;
    }

    /** The port with suffix 99. */
    public int lastPort() {
        return firstPort() + 99;
    }
}
