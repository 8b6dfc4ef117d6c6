package dev.tideline.mail.http;

import dev.tideline.mail.store.MailStore;
import dev.tideline.mail.store.MailboxName;
import dev.tideline.mail.store.MessageHeader;
import dev.tideline.mail.store.StoredMessage;
import dev.tideline.web.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Clients that wait for mail. A waiter is an entry in a map and a timer, not a thread; new mail is compared with the
 * waiters of its own mailbox only. Thread-safe.
 */
final class Waiters {

    /** Further waits are rejected for now, so that forgotten ones cannot fill the heap. */
    static final int MOST = 10_000;

    private final MailStore store;
    private final ScheduledExecutorService timer;
    private final Executor answers;

    /** Guarded by the store's lock, under which arrivals are reported, too. */
    private final Map<MailboxName, Set<Waiter>> waiting = new HashMap<>();

    private int number;

    Waiters(MailStore store, ScheduledExecutorService timer, Executor answers) {
        this.store = store;
        this.timer = timer;
        this.answers = answers;
        store.subscribe(this::arrived, () -> {});
    }

    /**
     * The result of a wait.
     *
     * @param satisfied whether enough messages arrived
     * @param messages that count, oldest first
     * @param others of the same time that do not count, oldest first
     */
    record Outcome(boolean satisfied, Duration waited, List<StoredMessage> messages, List<MessageHeader> others) {}

    private record Waiter(WaitRequest request, CompletableFuture<Outcome> answer, long begun) {}

    /** Completes, on the executor for answers, when enough messages have arrived or the time is over. */
    CompletableFuture<Outcome> await(WaitRequest request) {
        Waiter waiter = new Waiter(request, new CompletableFuture<>(), System.nanoTime());
        synchronized (store) {
            if (enough(waiter)) {
                answers.execute(() -> finish(waiter));
                return waiter.answer();
            }
            if (number >= MOST) {
                throw new Problem(503, MOST + " clients wait already, try again later");
            }
            number++;
            waiting.computeIfAbsent(request.mailbox(), name -> new HashSet<>()).add(waiter);
        }
        ScheduledFuture<?> end = timer.schedule(
                () -> {
                    synchronized (store) {
                        leave(waiter);
                    }
                },
                request.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        waiter.answer().whenComplete((outcome, failure) -> end.cancel(false));
        return waiter.answer();
    }

    private void arrived(MessageHeader header) {
        Set<Waiter> candidates = waiting.getOrDefault(header.mailbox(), Set.of());
        if (!candidates.isEmpty()) {
            List.copyOf(candidates).stream()
                    .filter(waiter -> waiter.request().query().test(header))
                    .filter(this::enough)
                    .forEach(this::leave);
        }
    }

    private boolean enough(Waiter waiter) {
        return store.messages(waiter.request().mailbox()).stream()
                        .map(StoredMessage::header)
                        .filter(waiter.request().query())
                        .limit(waiter.request().count())
                        .count()
                == waiter.request().count();
    }

    /** Under the store's lock. Only the first of arrival and timeout finds the waiter still registered. */
    private void leave(Waiter waiter) {
        Set<Waiter> sameMailbox = waiting.getOrDefault(waiter.request().mailbox(), Set.of());
        if (!sameMailbox.remove(waiter)) {
            return;
        }
        number--;
        if (sameMailbox.isEmpty()) {
            waiting.remove(waiter.request().mailbox());
        }
        answers.execute(() -> finish(waiter));
    }

    private void finish(Waiter waiter) {
        WaitRequest request = waiter.request();
        List<StoredMessage> all = store.messages(request.mailbox());
        List<StoredMessage> matching = all.stream()
                .filter(message -> request.query().test(message.header()))
                .toList();
        List<MessageHeader> others = all.stream()
                .map(StoredMessage::header)
                .filter(header ->
                        request.query().inTime(header) && !request.query().test(header))
                .toList();
        waiter.answer()
                .complete(new Outcome(
                        matching.size() >= request.count(),
                        Duration.ofNanos(System.nanoTime() - waiter.begun()),
                        matching,
                        others));
    }
}
