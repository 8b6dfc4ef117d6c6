package dev.tideline.mail.fault;

import dev.tideline.mail.store.MailboxName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The active faults. Thread-safe. */
public final class Faults implements AutoCloseable {

    private static final int MOST = 1_000;

    /**
     * An active fault.
     *
     * @param happened how often it has occurred
     */
    public record Ordered(String id, Fault fault, int happened) {

        private boolean isOver() {
            return fault.times() > 0 && happened >= fault.times();
        }
    }

    /** The oldest first; it decides if several apply to the same mail. Guarded by this. */
    private final List<Ordered> inForce = new ArrayList<>();

    private int lastId;

    /** Ends delays when the server is closed. */
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Activates a fault.
     *
     * @throws IllegalStateException if there are too many, with what to do
     */
    public synchronized Ordered add(Fault fault) {
        if (inForce.size() >= MOST) {
            throw new IllegalStateException(MOST + " faults are in force; delete those that are not needed any more");
        }
        Ordered ordered = new Ordered(String.valueOf(++lastId), fault, 0);
        inForce.add(ordered);
        return ordered;
    }

    /** The active faults and those that are over but not deleted, oldest first. */
    public synchronized List<Ordered> all() {
        return List.copyOf(inForce);
    }

    /** Deletes a fault, and returns whether it existed. */
    public synchronized boolean remove(String id) {
        return inForce.removeIf(ordered -> ordered.id().equals(id));
    }

    /** Deletes all faults. */
    public synchronized void clear() {
        inForce.clear();
    }

    /**
     * Applies the faults at a stage. Blocks for a fault's delay.
     *
     * @param from the envelope's sender
     * @param mailboxes the affected recipients
     * @return the fault whose code answers the client; empty if the mail is accepted
     */
    public Optional<Fault> happen(Fault.Stage stage, String from, Collection<MailboxName> mailboxes) {
        Optional<Fault> fault = next(stage, from, mailboxes);
        try {
            if (fault.isPresent() && closed.await(fault.get().delay().toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of(stopping(stage));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return fault.filter(found -> found.code() > 0);
    }

    /** A mail that waits when the server stops is not accepted. */
    private static Fault stopping(Fault.Stage stage) {
        return new Fault(Optional.empty(), "", stage, 421, "4.3.2 The mail server is stopping", Duration.ZERO, 0);
    }

    private synchronized Optional<Fault> next(Fault.Stage stage, String from, Collection<MailboxName> mailboxes) {
        for (int i = 0; i < inForce.size(); i++) {
            Ordered ordered = inForce.get(i);
            if (!ordered.isOver()
                    && mailboxes.stream().anyMatch(mailbox -> ordered.fault().concerns(stage, from, mailbox))) {
                inForce.set(i, new Ordered(ordered.id(), ordered.fault(), ordered.happened() + 1));
                return Optional.of(ordered.fault());
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
