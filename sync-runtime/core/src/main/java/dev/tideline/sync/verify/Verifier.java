package dev.tideline.sync.verify;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Compares source and target row by row through hashes. Memory is bounded for any number of rows and differences.
 * Immutable; as thread-safe as its arguments.
 */
public final class Verifier {

    /** Waits until the sync may have delivered a row that is in flight. */
    @FunctionalInterface
    public interface Pause {
        /** Returns when it is worth looking again. */
        void pause() throws InterruptedException;
    }

    private final VerifyOptions options;
    private final Pause pause;
    private final LongSupplier nanoTime;
    private final VerifyListener listener;

    /**
     * @param pause between looks at rows in flight
     * @param nanoTime a monotonic clock
     */
    public Verifier(VerifyOptions options, Pause pause, LongSupplier nanoTime, VerifyListener listener) {
        this.options = options;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.listener = listener;
    }

    /**
     * Compares, and changes nothing.
     *
     * @throws VerifyException if the comparison could not be finished
     * @throws InterruptedException if the thread was interrupted
     */
    public VerifyReport verify(Comparison comparison) throws InterruptedException {
        return run(comparison, (source, target) -> found -> {});
    }

    /**
     * Compares, rewrites at the target only the rows that differ, and compares again. Rows in flight are left to the
     * sync.
     *
     * @throws VerifyException if it could not be finished; rows repaired before that stay repaired
     * @throws InterruptedException if the thread was interrupted
     */
    public RepairReport repair(Comparison comparison) throws InterruptedException {
        AtomicLong repaired = new AtomicLong();
        VerifyReport before = run(comparison, (source, target) -> {
            Repairer repairer = new Repairer(comparison, source, target);
            return found -> repaired.addAndGet(repairer.repair(found));
        });
        VerifyReport after = before.equal() ? before : verify(comparison);
        return new RepairReport(before, repaired.get(), after);
    }

    /** What to do with a difference, given access to single rows. */
    private interface Response {
        Consumer<List<RowDifference>> to(SideReader source, SideReader target);
    }

    private VerifyReport run(Comparison of, Response response) throws InterruptedException {
        try (Session sourceScan = Session.open(Side.SOURCE, of.source());
                Session targetScan = Session.open(Side.TARGET, of.target());
                Session sourceRows = Session.open(Side.SOURCE, of.source());
                Session targetRows = Session.open(Side.TARGET, of.target())) {
            Sides sides = Sides.of(of, sourceScan, targetScan);
            SideReader sourceReader = sides.source().reader(sourceRows);
            SideReader targetReader = sides.target().reader(targetRows);
            Differences differences = new Differences(of.mapping(), options.listed());
            DifferenceResolver resolver = new DifferenceResolver(
                    keys -> new PendingKeys(sourceReader, targetReader, of.flow(), keys),
                    differences,
                    response.to(sourceReader, targetReader),
                    pause,
                    nanoTime,
                    options.settleWithin(),
                    listener);
            SideScan source = sides.source().scan(sourceScan, listener);
            SideScan target = sides.target().scan(targetScan, listener);
            Sides.Both<Buckets> buckets = scan(source, target, sourceScan, targetScan);
            Buckets.Differing differing = buckets.source().differingFrom(buckets.target());
            if (!differing.isEmpty()) {
                Sides.Both<SortedRows> rows = Sides.run(
                        () -> source.rows(differing),
                        () -> target.rows(differing),
                        sourceScan::abort,
                        targetScan::abort);
                try (SortedRows inSource = rows.source();
                        SortedRows inTarget = rows.target()) {
                    DifferingKeys.find(inSource, inTarget, resolver::add);
                }
            }
            resolver.finish();
            return differences.report(
                    of.mapping(),
                    of.tenant(),
                    buckets.source().rows(),
                    buckets.target().rows());
        }
    }

    private static Sides.Both<Buckets> scan(
            SideScan source, SideScan target, Session sourceSession, Session targetSession)
            throws InterruptedException {
        long inSource = source.estimate();
        long inTarget = target.estimate();
        int size = Buckets.sizeFor(Math.max(inSource, inTarget));
        return Sides.run(
                () -> source.buckets(size, inSource),
                () -> target.buckets(size, inTarget),
                sourceSession::abort,
                targetSession::abort);
    }
}
