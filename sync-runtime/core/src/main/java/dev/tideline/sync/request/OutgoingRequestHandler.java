package dev.tideline.sync.request;

import dev.tideline.sync.config.RequestsConfig;
import dev.tideline.sync.loop.Backoff;
import dev.tideline.sync.loop.Pass;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.thread.DaemonThreads;
import dev.tideline.sync.trace.Tracing;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the HTTP requests that wait in the source. A pass records the outcomes of finished attempts and claims new
 * requests. Separate threads make the attempts, so that slow receivers delay no sync. The pass is for one thread.
 */
public final class OutgoingRequestHandler implements Pass, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OutgoingRequestHandler.class);

    /** Attempts at a time. */
    private static final int AT_ONCE = 64;

    /** Attempts at a time to one host, over all runtimes: a slow host leaves places for the others. */
    private static final int AT_HOST = 32;

    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private static final Duration UPKEEP = Duration.ofSeconds(1);

    private final DeliveryStore store;
    private final RequestsConfig config;
    private final Senders senders;
    private final String claimant;
    private final Signal signal;
    private final HttpSender http;
    private final Tracing tracing;
    private final Backoff backoff;
    private final Places places;
    private final Map<Long, Delivery> inFlight = new ConcurrentHashMap<>();
    private final Map<Long, Delivery> untried = new ConcurrentHashMap<>();
    private final Queue<Delivery.Ended> ended = new ConcurrentLinkedQueue<>();
    private long upkept = System.nanoTime();
    private long upkeeps;
    private volatile boolean closing;

    /**
     * @param claimant recorded in claims; differs from that of this process's poller
     * @param signal rung whenever an attempt has ended
     */
    public OutgoingRequestHandler(
            SourceDatabase source,
            RequestsConfig config,
            Senders senders,
            String claimant,
            Signal signal,
            Tracing tracing) {
        this(source, config, senders, claimant, signal, tracing, DaemonThreads.named("tideline-http"));
    }

    OutgoingRequestHandler(
            SourceDatabase source,
            RequestsConfig config,
            Senders senders,
            String claimant,
            Signal signal,
            Tracing tracing,
            ThreadFactory threads) {
        this.store = new DeliveryStore(source);
        this.config = config;
        this.senders = senders;
        this.claimant = claimant;
        this.signal = signal;
        this.tracing = tracing;
        this.http = new HttpSender(config.timeout(), AT_ONCE);
        this.backoff = new Backoff(
                config.retry(), LONGEST_PAUSE, () -> ThreadLocalRandom.current().nextDouble());
        this.places = new Places(AT_ONCE, threads);
    }

    /** Whether nothing is in flight, and no outcome remains to be recorded. */
    public boolean idle() {
        return inFlight.isEmpty() && ended.isEmpty();
    }

    @Override
    public Next runOnce() throws SQLException {
        int done = writeDown();
        keepUp();
        int limit = closing ? 0 : AT_ONCE - inFlight.size();
        if (limit <= 0) {
            return done > 0 ? new Next.Busy(done, false) : new Next.Idle();
        }
        DeliveryStore.Claimed claimed = store.claim(senders.names(), lease(), claimant, AT_HOST, limit);
        claimed.deliveries().forEach(this::submit);
        long work = done + claimed.deliveries().size() + claimed.dropped();
        return work > 0
                ? new Next.Busy(
                        work, claimed.dropped() > 0 || claimed.deliveries().size() == limit)
                : new Next.Idle();
    }

    /** Longer than a claimed request may wait for its place and then take. */
    private Duration lease() {
        return config.timeout().multipliedBy(3).plusSeconds(30);
    }

    private void submit(Delivery delivery) {
        inFlight.put(delivery.requestId(), delivery);
        untried.put(delivery.requestId(), delivery);
        places.take(() -> attempt(delivery), error -> {
            untried.remove(delivery.requestId());
            Outcome none = Outcome.failed(error, Duration.ZERO, false);
            ended.add(new Delivery.Ended(delivery, none, Places.NO_THREAD.toMillis(), false));
            LOG.warn("request {} waits: {}", delivery.requestId(), error);
        });
    }

    private void attempt(Delivery delivery) {
        if (untried.remove(delivery.requestId()) == null) {
            return;
        }
        Sender sender = senders.of(delivery.sender());
        Outcome outcome = TracedSend.of(
                tracing,
                delivery.traceparent(),
                delivery.attempt(),
                delivery.message(),
                message -> http.send(message, sender.secrets(), sender.allowPrivate()));
        ended.add(decide(delivery, outcome));
        signal.ring();
    }

    private Delivery.Ended decide(Delivery delivery, Outcome outcome) {
        boolean dead = !outcome.delivered() && (outcome.permanent() || delivery.attempt() >= config.attempts());
        if (dead) {
            LOG.warn(
                    "request {} of {} is a dead letter after {} tries: {}",
                    delivery.requestId(),
                    delivery.sender(),
                    delivery.attempt(),
                    outcome.error().orElse(""));
        }
        return new Delivery.Ended(
                delivery, outcome, outcome.pause(backoff, delivery.attempt()).toMillis(), dead);
    }

    /** Outcomes that cannot be recorded now are kept for the next pass. */
    private int writeDown() throws SQLException {
        List<Delivery.Ended> all = new ArrayList<>();
        for (Delivery.Ended one = ended.peek(); one != null && all.size() < AT_ONCE; one = ended.peek()) {
            all.add(ended.poll());
        }
        if (all.isEmpty()) {
            return 0;
        }
        try {
            store.end(all);
        } catch (SQLException e) {
            ended.addAll(all);
            throw e;
        }
        all.forEach(e -> inFlight.remove(e.delivery().requestId(), e.delivery()));
        return all.size();
    }

    private void keepUp() throws SQLException {
        long now = System.nanoTime();
        if (now - upkept < UPKEEP.toNanos()) {
            return;
        }
        upkept = now;
        store.expire();
        if (upkeeps++ % 60 == 0) {
            store.trim();
        }
    }

    /**
     * Gives back requests that were not tried yet, and waits up to 3 seconds for the attempts in flight, to record
     * their outcomes.
     */
    @Override
    public void close() {
        closing = true;
        places.close();
        try {
            List<Delivery> back = untried.values().stream()
                    .filter(delivery -> untried.remove(delivery.requestId()) != null)
                    .toList();
            back.forEach(delivery -> inFlight.remove(delivery.requestId()));
            store.giveBack(claimant, back);
            places.awaitLast();
            writeDown();
        } catch (SQLException e) {
            LOG.debug("another runtime claimed these requests again: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            http.close();
        }
    }
}
