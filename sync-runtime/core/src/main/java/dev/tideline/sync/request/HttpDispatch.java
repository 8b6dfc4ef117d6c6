package dev.tideline.sync.request;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tideline.sync.dispatch.Claim;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out tenants' requests over HTTP: {@code {"tenant":…}} is posted, signed, to some runtime's
 * {@code /api/v1/sync-engine}. 200 says that the tenant is caught up or gone; anything else, or no answer, is tried again, and
 * 202 says that it is still at work. The receiver answers whenever it likes: carrying a request out twice changes nothing.
 */
public final class HttpDispatch implements RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(HttpDispatch.class);

    /** Requests at a time. */
    private static final int PLACES = 32;

    /** How long an answer is waited for. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int STILL_AT_WORK = 202;
    private static final String AT_WORK = "the sync engine is still at work";

    /** How long a request waits for which there was no thread. */
    private static final Duration NO_THREAD = Duration.ofSeconds(1);

    private final String url;
    private final SigningSecrets secrets;
    private final RequestStore requests;
    private final Runnable freed;
    private final Tracing tracing;
    private final HttpSender http = new HttpSender(TIMEOUT, PLACES);
    private final ExecutorService places;
    private final Map<Long, Claim> inFlight = new ConcurrentHashMap<>();
    private final Backoff backoff = new Backoff(
            Duration.ofMillis(500),
            Duration.ofSeconds(60),
            () -> ThreadLocalRandom.current().nextDouble());

    /**
     * @param url of the endpoint; the operator's own, so it may be within
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
        this.freed = freed;
        this.tracing = tracing;
        this.places = Executors.newFixedThreadPool(PLACES, threads);
    }

    @Override
    public int capacity() {
        return places.isShutdown() ? 0 : PLACES - inFlight.size();
    }

    @Override
    public Collection<Long> inFlight() {
        return Set.copyOf(inFlight.keySet());
    }

    @Override
    public boolean idle() {
        return inFlight.isEmpty();
    }

    @Override
    public void renewLeases(Duration lease) throws SQLException {
        for (Claim claim : inFlight.values()) {
            requests.renew(claim, lease);
        }
    }

    @Override
    public void submit(List<Claim> claims) {
        claims.forEach(claim -> inFlight.put(claim.requestId(), claim));
        for (Claim claim : claims) {
            try {
                places.execute(() -> post(claim));
            } catch (OutOfMemoryError e) {
                end(claim, Optional.of(NO_THREAD), "no thread could be started: " + e.getMessage());
            }
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
        if (outcome.delivered() && !atWork) {
            end(claim, Optional.empty(), "");
            return;
        }
        Duration pause = atWork ? Duration.ofSeconds(1) : backoff.delay(claim.attempts());
        end(
                claim,
                Optional.of(outcome.retryAfter().orElse(pause)),
                outcome.error().orElse(AT_WORK));
    }

    /** @param retry empty if the tenant is caught up or gone */
    private void end(Claim claim, Optional<Duration> retry, String error) {
        boolean noted = false;
        try {
            if (retry.isEmpty()) {
                requests.finish(claim);
            } else {
                if (!error.equals(AT_WORK)) {
                    LOG.warn("tenant {}: its request was not carried out: {}", claim.tenant(), error);
                }
                requests.release(claim, retry.get(), error);
            }
            noted = true;
        } catch (SQLException e) {
            LOG.warn(
                    "tenant {}: cannot record that its request has ended, so it will be carried out again: {}",
                    claim.tenant(),
                    e.toString());
        } finally {
            inFlight.remove(claim.requestId());
            if (!noted) {
                requests.lost();
            }
            freed.run();
        }
    }

    /** Waits up to 3 seconds for answers; what is not answered by then is claimed again by another. */
    @Override
    public void close() {
        places.shutdown();
        try {
            places.awaitTermination(3, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
            places.shutdownNow();
        }
    }
}
