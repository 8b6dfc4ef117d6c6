package dev.tideline.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The collector's query API. Thread-safe. */
final class CollectorClient {
    private static final JsonServer SERVER = new JsonServer("collector", CollectorException::new);

    /**
     * The result of a search.
     *
     * @param spans that meet all criteria, oldest first
     * @param nearMisses the closest others, in words; if there are none, why
     * @param cursor number of the newest span that ever arrived
     */
    record Answer(List<TraceSpan> spans, List<String> nearMisses, long cursor) {}

    private final String root;

    CollectorClient(URI root) {
        this.root = root.toString().replaceAll("/+$", "");
    }

    Answer find(SpanQuery query, long after, int limit, Duration timeout) throws InterruptedException {
        return answer("/api/v1/spans?limit=" + limit + "&after=" + after + query.parameters(), timeout);
    }

    Answer await(SpanQuery query, long after, int count, Duration wait, Duration timeout) throws InterruptedException {
        return answer(
                "/api/v1/spans/wait?count=" + count + "&timeout=" + wait.toMillis() + "ms&after=" + after
                        + query.parameters(),
                timeout);
    }

    private Answer answer(String path, Duration timeout) throws InterruptedException {
        URI uri = URI.create(root + path);
        JsonNode node = SERVER.object(uri, timeout);
        List<TraceSpan> spans = TraceSpan.all(SERVER.array(uri, node, "spans"));
        List<String> misses = new ArrayList<>();
        node.path("near_misses").forEach(miss -> misses.add(miss(miss)));
        if (misses.isEmpty() && node.path("detail").isTextual()) {
            misses.add(node.path("detail").textValue());
        }
        return new Answer(spans, List.copyOf(misses), node.path("cursor").asLong());
    }

    private static String miss(JsonNode miss) {
        List<String> missed = new ArrayList<>();
        miss.path("missed")
                .forEach(each -> missed.add(each.path("parameter").asText() + " is "
                        + each.path("found").asText() + ", not "
                        + each.path("wanted").asText()));
        return miss.path("service").asText() + " '" + miss.path("name").asText() + "': " + String.join("; ", missed);
    }
}
