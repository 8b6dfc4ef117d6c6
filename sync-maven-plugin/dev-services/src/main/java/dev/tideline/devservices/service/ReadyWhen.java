package dev.tideline.devservices.service;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a service of the user's own is known to be ready.
 *
 * @param argument the text in the log, or the path of the HTTP request; else empty
 */
public record ReadyWhen(Kind kind, String argument) {

    public enum Kind {
        /** The port accepts a connection and does not close it at once. */
        TCP,
        /** A GET is answered, and not with a server error. */
        HTTP,
        /** The log contains a text. */
        LOG,
        /** The image's own health check passes. */
        HEALTHY;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> WORDS =
            Arrays.stream(Kind.values()).map(Kind::word).toList();

    /**
     * Parses {@code tcp}, {@code http}, {@code http:/path}, {@code log:text} or {@code healthy}; blank means {@code
     * tcp}.
     *
     * @param service for messages
     * @throws DevServicesException if it is none of these
     */
    public static ReadyWhen parse(String service, String text) {
        String[] parts = (text.isBlank() ? Kind.TCP.word() : text.strip()).split(":", 2);
        String word = parts[0].strip();
        if (!WORDS.contains(word)) {
            throw new DevServicesException(
                    "Service '" + service + "' has <wait>" + text.strip() + "</wait>, and '" + word
                            + "' is not a way to wait." + NearestName.question(word, WORDS)
                            + " Give tcp, http, http:/path, log:text or healthy.");
        }
        Kind kind = Kind.valueOf(word.toUpperCase(Locale.ROOT));
        String argument = parts.length == 2 ? parts[1].strip() : "";
        switch (kind) {
            case LOG -> {
                if (argument.isEmpty()) {
                    throw new DevServicesException("Service '" + service + "' has <wait>log</wait> without a text."
                            + " Give what its log shows when it is ready, such as"
                            + " <wait>log:Ready to accept connections</wait>.");
                }
            }
            case HTTP -> argument = argument.startsWith("/") ? argument : "/" + argument;
            case TCP, HEALTHY -> {
                if (!argument.isEmpty()) {
                    throw new DevServicesException("Service '" + service + "' has <wait>" + text.strip()
                            + "</wait>, but " + word + " takes nothing after it. Give <wait>" + word + "</wait>.");
                }
            }
        }
        return new ReadyWhen(kind, argument);
    }
}
