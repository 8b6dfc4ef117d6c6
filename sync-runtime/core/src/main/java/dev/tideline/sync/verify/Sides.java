package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.thread.DaemonThreads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Both sides of a comparison, and how each is read, decided after both servers were queried. */
record Sides(OneSide source, OneSide target) {

    /** What was found on each side. */
    record Both<T>(T source, T target) {}

    /** One side: its rows, with settings and a hash that both have in common. */
    record OneSide(Side side, Session.Server server, RowSet rows, RowHash hash, String searchPath) {

        SideScan scan(Session session, VerifyListener listener) {
            return new SideScan(side, session.withSearchPath(searchPath), server, rows, hash, listener);
        }

        SideReader reader(Session session) {
            return new SideReader(session.withSearchPath(searchPath), rows, hash);
        }
    }

    static Sides of(Comparison of, Session source, Session target) {
        Session.Server atSource = source.server();
        Session.Server atTarget = target.server();
        TableName table = atTarget.tableOf(of.mapping().target());
        RowSet sourceRows = RowSet.source(of.mapping(), of.tenant());
        RowSet targetRows =
                target.read("its columns were read", connection -> RowSet.target(connection, of.mapping(), table));
        RowHash hash = RowHash.inCommon(atSource, atTarget);
        return new Sides(
                new OneSide(Side.SOURCE, atSource, sourceRows, hash, atSource.searchPath()),
                new OneSide(Side.TARGET, atTarget, targetRows, hash, atSource.searchPath()));
    }

    /**
     * Runs the same work on both sides at once. When one side fails, the other is aborted, and the first failure is thrown.
     *
     * @param abortSource ends the source's work from another thread
     * @param abortTarget ends the target's
     */
    static <T> Both<T> run(Supplier<T> source, Supplier<T> target, Runnable abortSource, Runnable abortTarget)
            throws InterruptedException {
        AtomicReference<RuntimeException> first = new AtomicReference<>();
        ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("tideline-verify-target"));
        try {
            CompletableFuture<T> targetWork =
                    CompletableFuture.supplyAsync(() -> guarded(target, first, abortSource), thread);
            T fromSource = guarded(source, first, abortTarget);
            T fromTarget = targetWork.get();
            if (first.get() != null) {
                throw first.get();
            }
            return new Both<>(fromSource, fromTarget);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the target's side failed", e.getCause());
        } catch (InterruptedException e) {
            abortTarget.run();
            throw e;
        } finally {
            thread.shutdown();
        }
    }

    private static <T> T guarded(Supplier<T> work, AtomicReference<RuntimeException> first, Runnable abortOther) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (first.compareAndSet(null, e)) {
                abortOther.run();
            }
            return null;
        }
    }
}
