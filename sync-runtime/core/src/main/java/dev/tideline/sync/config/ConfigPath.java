package dev.tideline.sync.config;

import java.util.regex.Pattern;

/** How a key of the file is named in messages and in {@link Positions}: {@code mappings.users.depends_on[0].table}. */
public final class ConfigPath {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_-]+");

    private ConfigPath() {}

    /** The path of a key below {@code parent}; a name that would be misread is quoted. */
    public static String of(String parent, String key) {
        String segment = PLAIN.matcher(key).matches() ? key : '"' + key.replace("\"", "\\\"") + '"';
        return parent.isEmpty() ? segment : parent + "." + segment;
    }

    /** The path of an item of a list, counted from 0. */
    public static String of(String parent, int index) {
        return parent + "[" + index + "]";
    }
}
