package dev.tideline.bench;

import dev.tideline.bench.contestant.Tideline;
import dev.tideline.bench.engine.EngineProcess;
import dev.tideline.bench.loop.Pace;
import dev.tideline.bench.measure.Carry;
import dev.tideline.bench.measure.Part;
import dev.tideline.bench.measure.Sampler;
import dev.tideline.bench.report.Measure;
import dev.tideline.bench.track.Crowd;
import dev.tideline.bench.track.Finish;
import dev.tideline.bench.track.Track;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The cost of a change of one tenant while many others are idle, compared with one tenant alone; and the cost of the
 * runtime when nobody changes anything.
 */
record ManyTenants(BenchSettings settings) implements Part {

    /** Of the runtimes whose heap is measured. */
    static final int HEAP_MEGABYTES = 128;

    /** After the last change, for loops to slow down. */
    private static final Duration SETTLE = Duration.ofSeconds(3);

    @Override
    public Set<Measure> measures() {
        return EnumSet.of(Measure.COST_10K_TENANTS, Measure.IDLE_CPU, Measure.PEAK_HEAP);
    }

    @Override
    public void run(int rounds, Sampler sampler) throws Exception {
        BenchSize.Scale scale = settings.size().scale();
        try (Track alone = Track.lay(settings.source(), settings.external(), "one_tenant", scale.small());
                Tideline single = new Tideline(HEAP_MEGABYTES);
                Track among = Track.lay(settings.source(), settings.external(), "many_tenants", scale.small());
                Crowd crowd = new Crowd(among, scale.tenants());
                Tideline shared = new Tideline(HEAP_MEGABYTES)) {
            crowd.gather();
            Carry ofOne = carry(single, alone);
            Carry ofMany = carry(shared, among);
            ofOne.copy();
            ofMany.copy();
            long start = System.nanoTime();
            crowd.addTargets();
            crowd.await(settings.size().limit());
            sampler.note(String.format(
                    Locale.ROOT,
                    "%,d targets were filled for the first time in %.1f s",
                    scale.tenants() - 1,
                    (System.nanoTime() - start) / 1e9));
            for (int round = 1; settings.wantsAny(Measure.COST_10K_TENANTS) && round <= rounds; round++) {
                String mark = "drain " + round;
                double cost = ofOne.drain(scale.transactions(), mark);
                sampler.sample(
                        Measure.COST_10K_TENANTS,
                        shared.subject(),
                        round,
                        ofMany.drain(scale.transactions(), mark) / cost);
            }
            if (settings.wantsAny(Measure.IDLE_CPU)) {
                idle(single, alone, 1, sampler);
                sampler.sample(Measure.IDLE_CPU, shared.subject(), 1, idle(shared, among, scale.tenants(), sampler));
            }
            if (settings.wantsAny(Measure.PEAK_HEAP)) {
                // Another sample: both a long backlog and many tenants count.
                sampler.sample(
                        Measure.PEAK_HEAP, shared.subject(), 2, shared.runtime().peakHeap());
            }
        }
    }

    /** Percent of a core while nothing happens; the transactions of that time are noted. */
    private double idle(Tideline contestant, Track track, int tenants, Sampler sampler) throws Exception {
        EngineProcess runtime = contestant.runtime();
        Pace.pass(SETTLE);
        long transactions = transactions(track);
        Duration before = runtime.processorTime();
        long start = System.nanoTime();
        Pace.pass(settings.size().scale().idle());
        double seconds = (System.nanoTime() - start) / 1e9;
        double percent = 100 * (runtime.processorTime().minus(before).toNanos() / 1e9) / seconds;
        sampler.note(String.format(
                Locale.ROOT,
                "idle with %,d tenants: %.2f %% of a core, %.1f transactions/s at the source",
                tenants,
                percent,
                (transactions(track) - transactions) / seconds));
        return percent;
    }

    private static long transactions(Track track) throws Exception {
        return Long.parseLong(track.source()
                .text(
                        "postgres",
                        "SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = '"
                                + track.sourceDatabase() + "'"));
    }

    private Carry carry(Tideline contestant, Track track) {
        return new Carry(contestant, track, new Finish(track, settings.size().limit()));
    }
}
