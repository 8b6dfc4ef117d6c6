package dev.tideline.collector.web;

import dev.tideline.collector.query.Parameters;
import dev.tideline.web.Face;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request.
 *
 * @param path decoded
 * @param query decoded parameters
 * @param host this server's name as the client wrote it; null if it did not
 */
record Request(String method, String path, Map<String, List<String>> query, String host) {

    static Request of(HttpServerExchange exchange) {
        Map<String, List<String>> query = new TreeMap<>();
        exchange.getQueryParameters().forEach((name, values) -> query.put(name, List.copyOf(values)));
        String method = exchange.getRequestMethod().toString();
        return new Request(
                method.equals("HEAD") ? "GET" : method,
                exchange.getRequestPath(),
                query,
                exchange.getRequestHeaders().getFirst(Headers.HOST));
    }

    Face face() {
        return Face.of(host, Face.Page.TRACES);
    }

    Parameters parameters() {
        return new Parameters(query);
    }

    /** The last part of the path if the rest is {@code prefix}, else null. */
    String under(String prefix) {
        if (!path.startsWith(prefix)) {
            return null;
        }
        String rest = path.substring(prefix.length());
        return rest.isEmpty() || rest.contains("/") ? null : rest;
    }
}
