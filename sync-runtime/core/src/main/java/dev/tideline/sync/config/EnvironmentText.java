package dev.tideline.sync.config;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in {@code ${env:NAME}} and {@code ${env:NAME:-default}} in a text. As in a shell, the default is used if the
 * variable is unset or empty; it ends at the first closing brace. {@code $${} gives a literal {@code ${}.
 *
 * @param environment gives a variable's value, or null if it is not set
 */
record EnvironmentText(Function<String, String> environment) {

    private static final Pattern TOKEN =
            Pattern.compile("\\$\\$\\{|\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}|\\$\\{([^}\\n]*)}?");
    private static final int NAME = 1;
    private static final int DEFAULT = 2;
    private static final int WRONG = 3;

    /** Receives what is wrong with a text; never the value of a variable. */
    @FunctionalInterface
    interface Complaint {
        void at(String what, String hint);
    }

    /** The text with every variable filled in; a variable without a value is reported and left as it is. */
    String fill(String raw, Complaint complaint) {
        if (!raw.contains("${")) {
            return raw;
        }
        return TOKEN.matcher(raw).replaceAll(match -> Matcher.quoteReplacement(replacement(match, complaint)));
    }

    private String replacement(MatchResult match, Complaint complaint) {
        if (match.group().equals("$${")) {
            return "${";
        }
        String name = match.group(NAME);
        if (name == null) {
            String wrong = match.group(WRONG);
            boolean bare = wrong.matches("[A-Za-z_][A-Za-z0-9_]*");
            complaint.at(
                    "\"${\" begins something other than an environment variable",
                    bare
                            ? "Write ${env:" + wrong + "}, or $${ for the characters themselves."
                            : "Write ${env:NAME} or ${env:NAME:-default}, or $${ for the characters themselves.");
            return match.group();
        }
        String value = environment.apply(name);
        String otherwise = match.group(DEFAULT);
        if (otherwise != null) {
            return value == null || value.isEmpty() ? otherwise : value;
        }
        if (value == null) {
            complaint.at(
                    "the environment variable " + name + " is not set",
                    "Set it, or give a default: ${env:" + name + ":-…}.");
            return match.group();
        }
        return value;
    }
}
