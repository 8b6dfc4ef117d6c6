package dev.tideline.sync.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tideline.sync.dispatch.Claim;
import dev.tideline.sync.dispatch.ClaimsInFlight;
import dev.tideline.sync.dispatch.RequestHandler;
import dev.tideline.sync.dispatch.RequestStore;
import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.thread.DaemonThreads;
import dev.tideline.sync.trace.Tracing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out tenants' requests over HTTP: posts {@code {"tenant":…}}, signed, to {@code /api/v1/sync-engine} of a
 * runtime. 200 means that the tenant is caught up or gone, and 202 that its sync is still running; any other answer, or
 * none, is tried again. A repeated request is harmless, so the receiver may take its time to answer.
 */
public final class HttpDispatch implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDispatch.class);

    /** Requests at a time. */
    private static final int AT_ONCE = 32;

    /** How long to wait for an answer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int STILL_AT_WORK = 202;

    /** When to try a request again if its tenant is still being synced. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final String url;
    private final SigningSecrets secrets;
    private final RequestStore requests;
    private final Tracing tracing;
    private final HttpSender http = new HttpSender(TIMEOUT, AT_ONCE);
    private final Places places;
    private final ClaimsInFlight inFlight;
    private final Backoff backoff = new Backoff(
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            () -> ThreadLocalRandom.current().nextDouble());

    /**
     * @param url of the endpoint; the operator's own, so it may be in the internal network
     * @param freed runs whenever a request is done
     */
    public HttpDispatch(String url, SigningSecrets secrets, RequestStore requests, Runnable freed, Tracing tracing) {
        this(url, secrets, requests, freed, tracing, DaemonThreads.named("tideline-dispatch"));
    }

    HttpDispatch(
            String url,
            SigningSecrets secrets,
            RequestStore requests,
            Runnable freed,
            Tracing tracing,
            ThreadFactory threads) {
        this.url = url;
        this.secrets = secrets;
        this.requests = requests;
        this.inFlight = new ClaimsInFlight(requests, freed);
        this.tracing = tracing;
        this.places = new Places(AT_ONCE, threads);
    }

    @Override
    public int capacity() {
        return places.closed() ? 0 : AT_ONCE - inFlight.size();
    }

    @Override
    public Collection<Long> inFlight() {
        return inFlight.ids();
    }

    @Override
    public boolean idle() {
        return inFlight.size() == 0;
    }

    @Override
    public void renewLeases(Duration lease) throws SQLException {
        inFlight.renewLeases(lease);
    }

    @Override
    public void submit(List<Claim> claims) {
        inFlight.take(claims);
        for (Claim claim : claims) {
            places.take(() -> post(claim), error -> inFlight.end(claim, () -> failed(claim, Places.NO_THREAD, error)));
        }
    }

    private void post(Claim claim) {
        String body = JsonNodeFactory.instance
                .objectNode()
                .put("tenant", claim.tenant())
                .toString();
        Outcome outcome = TracedSend.of(
                tracing,
                claim.traceparent(),
                claim.attempts(),
                new Message("msg_sync_" + claim.requestId(), url, body, Map.of()),
                message -> http.send(message, secrets, true));
        boolean atWork =
                outcome.status().filter(status -> status == STILL_AT_WORK).isPresent();
        inFlight.end(claim, () -> {
            if (atWork) {
                requests.release(claim, outcome.retryAfter().orElse(LOOK_AGAIN), "the sync engine is still at work");
            } else if (outcome.delivered()) {
                requests.finish(claim);
            } else {
                failed(
                        claim,
                        outcome.pause(backoff, claim.attempts()),
                        outcome.error().orElse(""));
            }
        });
    }

    private void failed(Claim claim, Duration retry, String error) throws SQLException {
        LOG.warn("tenant {}: its request was not carried out: {}", claim.tenant(), error);
        requests.release(claim, retry, error);
    }

    /** Waits up to 3 seconds for answers; requests without one are claimed again by another runtime. */
    @Override
    public void close() {
        places.close();
        try {
            places.awaitLast();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
        }
    }
}
