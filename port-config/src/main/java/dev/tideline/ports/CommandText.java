package dev.tideline.ports;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A foreign process's command line, made fit for display: class paths are shortened so that the distinctive part
 * remains visible, and control characters and secrets are removed, since error messages end up in CI logs.
 */
final class CommandText {
    private static final int LONGEST_ARGUMENT = 60;
    private static final int LONGEST = 240;
    private static final Pattern SECRET = Pattern.compile(
            "(?i)([\\w.-]*(?:password|passwd|pwd|secret|token|api[-_]?key|credential)[\\w.-]*[=:])\\S+");
    private static final Pattern NEXT_IS_SECRET =
            Pattern.compile("(?i)--?[\\w.-]*(?:password|passwd|secret|token|api[-_]?key|credential)[\\w.-]*");
    private static final Pattern URL_PASSWORD = Pattern.compile("(://[^/\\s:@]*:)\\S*@");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private CommandText() {}

    static Optional<String> of(List<String> arguments) {
        boolean[] secret = {false};
        String text = arguments.stream()
                .map(argument -> {
                    String shown = secret[0] ? "***" : harmless(argument);
                    secret[0] = NEXT_IS_SECRET.matcher(argument).matches();
                    return shown;
                })
                .filter(argument -> !argument.isBlank())
                .collect(Collectors.joining(" "));
        return text.isBlank() ? Optional.empty() : Optional.of(shortened(text, LONGEST, LONGEST));
    }

    private static String harmless(String argument) {
        String open = CONTROL.matcher(argument).replaceAll(" ").strip();
        String masked =
                SECRET.matcher(URL_PASSWORD.matcher(open).replaceAll("$1***@")).replaceAll("$1***");
        return shortened(masked, LONGEST_ARGUMENT, LONGEST_ARGUMENT / 2);
    }

    /** Keeps the head and fills up to the limit with the tail. */
    private static String shortened(String text, int limit, int head) {
        if (text.length() <= limit) {
            return text;
        }
        return text.substring(0, head - 1) + "…" + text.substring(text.length() - (limit - head));
    }
}
