package dev.tideline.mail.fault;

import dev.tideline.mail.store.MailboxName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The faults that are in force. Thread-safe. */
public final class Faults implements AutoCloseable {

    private static final int MOST = 1_000;

    /**
     * A fault in force.
     *
     * @param id tells it from others
     * @param fault what is to happen
     * @param happened how often it has happened
     */
    public record Ordered(String id, Fault fault, int happened) {

        private boolean isOver() {
            return fault.times() > 0 && happened >= fault.times();
        }
    }

    /** The oldest first; of several that concern the same mail, it decides. Guarded by this. */
    private final List<Ordered> inForce = new ArrayList<>();

    private int lastId;

    /** Ends delays when the server does. */
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Makes a set without faults. */
    public Faults() {}

    /**
     * Puts a fault into force.
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

    /** Returns those in force and those that are over but not deleted, oldest first. */
    public synchronized List<Ordered> all() {
        return List.copyOf(inForce);
    }

    /** Takes one away; says whether it was there. */
    public synchronized boolean remove(String id) {
        return inForce.removeIf(ordered -> ordered.id().equals(id));
    }

    /** Takes all away. */
    public synchronized void clear() {
        inForce.clear();
    }

    /**
     * Lets happen what is to happen now. Blocks for the fault's delay.
     *
     * @param stage where the client is
     * @param from the envelope's sender
     * @param mailboxes the recipients that it concerns
     * @return the fault whose code the client is to be answered; empty if the mail is taken
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

    /** A mail that waits when the server stops is not taken. */
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
