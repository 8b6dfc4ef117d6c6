package dev.tideline.bench;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.contestant.Contestant.Kind;
import dev.tideline.bench.measure.Latency;
import dev.tideline.bench.report.Measure;
import dev.tideline.bench.track.Finish;
import dev.tideline.bench.track.Track;
import java.util.function.ObjDoubleConsumer;

/** Lets one contestant copy, drain and follow, on databases of its own. */
final class Race {

    private final BenchSettings settings;

    Race(BenchSettings settings) {
        this.settings = settings;
    }

    boolean isWanted(Contestant contestant) {
        return contestant.kind() != Kind.NOTHING
                && settings.wants(contestant.subject())
                && (settings.wantsAny(Measure.INITIAL_COPY, Measure.DRAIN)
                        || wantsLatency() && contestant.kind() != Kind.CARRIER);
    }

    private boolean wantsLatency() {
        return settings.wantsAny(Measure.LATENCY_P50, Measure.LATENCY_P99);
    }

    /** Figures are handed over as soon as both sides were seen to be equal. The contestant is closed afterwards. */
    void run(Contestant contestant, ObjDoubleConsumer<Measure> figures) throws Exception {
        BenchSize size = settings.size();
        try (Track track = Track.lay(settings.source(), settings.external(), contestant.subject(), size.rows());
                contestant) {
            Finish finish = new Finish(track, size.limit());
            contestant.install(track);
            track.mark("copy");
            String goal = finish.goal();
            long start = System.nanoTime();
            contestant.addTarget();
            double copy = finish.secondsSince(start, goal, "copy");
            if (settings.wantsAny(Measure.INITIAL_COPY)) {
                figures.accept(Measure.INITIAL_COPY, size.rows() / copy);
            }
            for (int drain = 1; settings.wantsAny(Measure.DRAIN) && drain <= size.drains(); drain++) {
                figures.accept(Measure.DRAIN, size.transactions() / drain(contestant, track, finish, "drain " + drain));
            }
            if (wantsLatency() && contestant.kind() != Kind.CARRIER) {
                double[] latencies = Latency.measure(track, size.latency(), size.limit());
                finish.await();
                figures.accept(Measure.LATENCY_P50, Latency.percentile(latencies, 0.50));
                figures.accept(Measure.LATENCY_P99, Latency.percentile(latencies, 0.99));
            }
        }
    }

    private double drain(Contestant contestant, Track track, Finish finish, String mark) throws Exception {
        contestant.pause();
        track.write(settings.size().transactions(), mark);
        String goal = finish.goal();
        long start = System.nanoTime();
        contestant.resume();
        return finish.secondsSince(start, goal, mark);
    }
}
