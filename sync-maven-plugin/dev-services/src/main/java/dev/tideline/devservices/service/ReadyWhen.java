package dev.tideline.devservices.service;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.NearestName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * By what a service of the user's own is known to be ready.
 *
 * @param kind what is looked at
 * @param argument the text in the log, or the path that is asked over HTTP; else empty
 */
public record ReadyWhen(Kind kind, String argument) {

    /** What is looked at. */
    public enum Kind {
        /** The port takes a connection and does not close it at once. */
        TCP,
        /** A GET is answered, and not with a server's error. */
        HTTP,
        /** The log has shown a text. */
        LOG,
        /** The image's own health check is content. */
        HEALTHY;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final List<String> WORDS =
            Arrays.stream(Kind.values()).map(Kind::word).toList();

    /**
     * Reads what a user wrote: {@code tcp}, {@code http}, {@code http:/path}, {@code log:text} or {@code healthy}.
     *
     * @param service whose, for messages
     * @param text what was written; blank for {@code tcp}
     * @return what to wait for
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
