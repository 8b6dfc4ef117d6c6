package dev.tideline.testkit;

import dev.tideline.testkit.AttemptLoop.Goal;
import dev.tideline.testkit.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Waits for spans at the collector.
 *
 * <pre>{@code
 * TraceProbe traces = TraceProbe.ofWorkspace().sinceNow();
 * shop.order();
 * TraceSpan charge = traces.waitForSpan(SpanQuery.named("charge card").service("shop"));
 * }</pre>
 *
 * <p>An SDK sends spans in batches, after 5 s by default: flush, or set a short
 * {@code otel.bsp.schedule.delay}. Immutable and safe for use by several threads.
 */
public final class TraceProbe {
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int MOST_SPANS = 1_000;

    private final CollectorClient client;
    private final long after;
    private final TimeSource time;

    private TraceProbe(CollectorClient client, long after, TimeSource time) {
        this.client = client;
        this.after = after;
        this.time = time;
    }

    /**
     * At the collector of this workspace; every span counts that the collector still has.
     *
     * @throws dev.tideline.ports.PortConfigException if the workspace's port prefix is not valid
     */
    public static TraceProbe ofWorkspace() {
        return at(Workspace.current().tracesUrl());
    }

    /**
     * At any collector of Tideline's; every span counts that it still has.
     *
     * @param root of its pages and query API, {@code http://127.0.0.1:8107}
     */
    public static TraceProbe at(URI root) {
        return new TraceProbe(new CollectorClient(root), 0, TimeSource.system());
    }

    TraceProbe on(TimeSource other) {
        return new TraceProbe(client, after, other);
    }

    /**
     * A probe for which only spans count that arrive from now on.
     *
     * @throws CollectorException if the collector gives no proper answer within 10 s
     */
    public TraceProbe sinceNow() {
        return new TraceProbe(client, ask(SpanQuery.any(), 0).cursor(), time);
    }

    /**
     * The current spans that count, oldest first, at most 1,000.
     *
     * @throws CollectorException if the collector gives no proper answer within 10 s
     */
    public List<TraceSpan> fetchSpans(SpanQuery query) {
        return ask(query, MOST_SPANS).spans();
    }

    /**
     * Waits at most 10 s for a span, and returns the first.
     *
     * @throws NotInTimeError if none came; names the closest ones, and in what they differ
     */
    public TraceSpan waitForSpan(SpanQuery query) {
        return waitForSpans(query, 1, WaitSettings.DEFAULT_LIMIT).get(0);
    }

    /**
     * Waits for several spans, and returns them oldest first.
     *
     * @param count 1 to 1,000
     * @throws NotInTimeError if fewer came; names the closest ones, and in what they differ
     */
    public List<TraceSpan> waitForSpans(SpanQuery query, int count, Duration atMost) {
        if (count < 1 || count > MOST_SPANS) {
            throw new IllegalArgumentException(
                    "Waiting for " + count + " spans makes no sense: 1 to 1000 can be awaited");
        }
        AtomicReference<List<String>> nearMisses = new AtomicReference<>(List.of());
        PredicateMatcher<List<TraceSpan>> enough = new PredicateMatcher<>(
                count + (count == 1 ? " span" : " spans") + " with " + query, spans -> spans.size() >= count);
        return Eventually.await("span " + query)
                .on(time)
                .atMost(atMost)
                .nearMisses("spans that did come", nearMisses::get)
                .<List<TraceSpan>>until(left -> look(query, count, left, nearMisses), enough, Goal.ONCE);
    }

    /**
     * Checks that no such span exists or comes.
     *
     * @param during how long to watch, above zero
     * @throws NotInTimeError as soon as there is one, or if the collector gives no proper answer at the end
     */
    public void expectNoSpan(SpanQuery query, Duration during) {
        Eventually.await("no span " + query)
                .on(time)
                .during(during)
                .<List<TraceSpan>>staysAway(
                        left -> look(query, 1, left, new AtomicReference<>()),
                        new PredicateMatcher<List<TraceSpan>>("no span with " + query, List::isEmpty));
    }

    private List<TraceSpan> look(SpanQuery query, int count, Duration left, AtomicReference<List<String>> nearMisses)
            throws InterruptedException {
        WaitBudget budget = new WaitBudget(left);
        CollectorClient.Answer answer = budget.isWorthWaiting()
                ? client.await(query, after, count, budget.atServer(), budget.waitingRequest())
                : client.await(query, after, count, Duration.ZERO, budget.plainRequest());
        nearMisses.set(answer.nearMisses());
        return answer.spans();
    }

    private CollectorClient.Answer ask(SpanQuery query, int limit) {
        try {
            return client.find(query, after, limit, REQUEST_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectorException("Interrupted while asking the collector", e);
        }
    }
}
