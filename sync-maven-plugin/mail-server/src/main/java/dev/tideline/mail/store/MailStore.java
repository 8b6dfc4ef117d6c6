package dev.tideline.mail.store;

import dev.tideline.mail.store.StoredMessage.SharedSource;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All mailboxes, in memory and bounded by {@link StoreLimits}. A mailbox exists as soon as it is named, and takes no
 * memory while it is empty.
 *
 * <p>Thread-safe: one lock, held for map operations only. Listeners are called under it, in the order of arrival, so
 * that a subscriber misses nothing and gets nothing twice; they must not block.
 */
public final class MailStore {

    private final StoreLimits limits;
    private final Clock clock;
    private final MessageIds ids = new MessageIds();

    /** Every message in order of arrival, for eviction and for replays. Guarded by this. */
    private final Map<String, StoredMessage> byArrival = new LinkedHashMap<>();

    /** Never contains an empty mailbox. Guarded by this. */
    private final Map<MailboxName, Map<String, StoredMessage>> mailboxes = new HashMap<>();

    private final List<Consumer<MessageHeader>> listeners = new ArrayList<>();
    private long bytes;

    /**
     * @param clock for the date and age of messages
     */
    public MailStore(StoreLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Puts one message into each of the mailboxes.
     *
     * @param recipients one that is named twice gets the message once
     * @param trace makes the header lines, each ended by CRLF, that precede the source in a mailbox
     * @return what was stored, in the order of the recipients
     */
    public synchronized List<MessageHeader> deliver(
            IncomingMessage message,
            Collection<MailboxName> recipients,
            BiFunction<MailboxName, Instant, String> trace) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        SharedSource shared = new SharedSource(message.source());
        List<MessageHeader> stored = new ArrayList<>();
        for (MailboxName mailbox : recipients.stream().distinct().toList()) {
            byte[] prefix = trace.apply(mailbox, now).getBytes(StandardCharsets.UTF_8);
            long size = (long) prefix.length + message.source().length;
            MessageHeader header = new MessageHeader(
                    mailbox, ids.next(now), message.from(), message.to(), message.subject(), now, size, false);
            add(new StoredMessage(header, prefix, shared));
            stored.add(header);
        }
        evict(now);
        stored.forEach(header -> listeners.forEach(listener -> listener.accept(header)));
        return stored;
    }

    /** How many messages a mailbox keeps. */
    public int mailboxSize() {
        return limits.messagesPerMailbox();
    }

    /** A mailbox's messages, oldest first; empty if there is none. */
    public synchronized List<StoredMessage> messages(MailboxName mailbox) {
        expire();
        return List.copyOf(mailboxes.getOrDefault(mailbox, Map.of()).values());
    }

    /** All messages that match the filter, oldest first, but only the newest {@code limit}. */
    public synchronized List<MessageHeader> newest(int limit, Predicate<MessageHeader> filter) {
        expire();
        List<MessageHeader> found = byArrival.values().stream()
                .map(StoredMessage::header)
                .filter(filter)
                .toList();
        return List.copyOf(found.subList(Math.max(0, found.size() - limit), found.size()));
    }

    /** Finds a message by its id, or the newest one if the id is {@code latest}. */
    public synchronized Optional<StoredMessage> find(MailboxName mailbox, String id) {
        expire();
        Map<String, StoredMessage> box = mailboxes.getOrDefault(mailbox, Map.of());
        if (!id.equals("latest")) {
            return Optional.ofNullable(box.get(id));
        }
        return box.values().stream().reduce((earlier, later) -> later);
    }

    /** Marks a message as seen; returns whether it exists. */
    public synchronized boolean markSeen(MailboxName mailbox, String id) {
        Optional<StoredMessage> found = find(mailbox, id);
        found.map(StoredMessage::markedSeen).ifPresent(seen -> {
            mailboxes.get(mailbox).put(seen.id(), seen);
            byArrival.put(seen.id(), seen);
        });
        return found.isPresent();
    }

    /** Removes a message; returns whether it existed. */
    public synchronized boolean remove(MailboxName mailbox, String id) {
        Optional<StoredMessage> found = find(mailbox, id);
        found.ifPresent(this::drop);
        return found.isPresent();
    }

    public synchronized void purge(MailboxName mailbox) {
        messages(mailbox).forEach(this::drop);
    }

    public synchronized void purge() {
        List.copyOf(byArrival.values()).forEach(this::drop);
    }

    /**
     * Calls a listener for each future message.
     *
     * @param listener called under the store's lock, in order of arrival; must not block
     * @param replay runs before any later message can reach the listener, and can read the existing ones
     * @return ends the subscription
     */
    public synchronized Runnable subscribe(Consumer<MessageHeader> listener, Runnable replay) {
        replay.run();
        listeners.add(listener);
        return () -> {
            synchronized (this) {
                listeners.remove(listener);
            }
        };
    }

    /** The bytes that count against {@link StoreLimits#totalBytes()}. */
    public synchronized long bytes() {
        return bytes;
    }

    /** The number of messages in all mailboxes. */
    public synchronized int size() {
        expire();
        return byArrival.size();
    }

    private void add(StoredMessage message) {
        if (message.sent().holders++ == 0) {
            bytes += message.sent().bytes.length;
        }
        bytes += message.ownBytes();
        byArrival.put(message.id(), message);
        Map<String, StoredMessage> box =
                mailboxes.computeIfAbsent(message.header().mailbox(), name -> new LinkedHashMap<>());
        box.put(message.id(), message);
        if (box.size() > limits.messagesPerMailbox()) {
            drop(box.values().iterator().next());
        }
    }

    private void drop(StoredMessage message) {
        byArrival.remove(message.id());
        MailboxName name = message.header().mailbox();
        Map<String, StoredMessage> box = mailboxes.get(name);
        box.remove(message.id());
        if (box.isEmpty()) {
            mailboxes.remove(name);
        }
        bytes -= message.ownBytes();
        if (--message.sent().holders == 0) {
            bytes -= message.sent().bytes.length;
        }
    }

    private void expire() {
        evict(clock.instant());
    }

    private void evict(Instant now) {
        Instant oldest = now.minus(limits.maximumAge());
        while (!byArrival.isEmpty()) {
            StoredMessage first = byArrival.values().iterator().next();
            if (bytes <= limits.totalBytes() && first.header().date().isAfter(oldest)) {
                return;
            }
            drop(first);
        }
    }
}
