package dev.tideline.mail.http;

import dev.tideline.web.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request.
 *
 * @param method GET (also for HEAD), PATCH or DELETE
 * @param query decoded parameters; the first counts if a name is repeated
 * @param base the server's address as the client wrote it, such as {@code http://localhost:8105}
 * @param body empty except for PATCH
 */
record Request(String method, RequestPath path, Map<String, String> query, String base, byte[] body) {

    static Map<String, String> parseQuery(String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            if (!name.isEmpty()) {
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.putIfAbsent(
                        URLDecoder.decode(name, StandardCharsets.UTF_8),
                        URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    /** A parameter; an empty one counts as missing. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /** A mistyped name must not turn a search into one that finds everything. */
    void onlyParameters(Set<String> known) {
        for (String name : query.keySet()) {
            if (!known.contains(name)) {
                throw Problem.badRequest("unknown parameter '" + name + "'; this path takes "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }
}
