package dev.tideline.bench;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.contestant.Contestant.Kind;
import dev.tideline.bench.measure.Carry;
import dev.tideline.bench.measure.Latency;
import dev.tideline.bench.report.Measure;
import dev.tideline.bench.track.Finish;
import dev.tideline.bench.track.Track;
import java.util.function.ObjDoubleConsumer;

/** Lets one contestant copy, drain and follow, on its own databases. */
record Race(BenchSettings settings) implements Step {

    @Override
    public int rounds() {
        return settings.size().rounds();
    }

    @Override
    public boolean isWanted(Contestant contestant) {
        return contestant.kind() != Kind.NOTHING
                && settings.wants(contestant.subject())
                && (settings.wantsAny(Measure.INITIAL_COPY, Measure.DRAIN)
                        || wantsLatency() && contestant.kind() != Kind.CARRIER);
    }

    private boolean wantsLatency() {
        return settings.wantsAny(Measure.LATENCY_P50, Measure.LATENCY_P99);
    }

    @Override
    public void run(Contestant contestant, ObjDoubleConsumer<Measure> figures) throws Exception {
        BenchSize size = settings.size();
        try (Track track = Track.lay(settings.source(), settings.external(), contestant.subject(), size.rows());
                contestant) {
            Carry carry = new Carry(contestant, track, new Finish(track, size.limit()));
            double copy = carry.copy();
            if (settings.wantsAny(Measure.INITIAL_COPY)) {
                figures.accept(Measure.INITIAL_COPY, size.rows() / copy);
            }
            for (int drain = 1; settings.wantsAny(Measure.DRAIN) && drain <= size.drains(); drain++) {
                figures.accept(Measure.DRAIN, size.transactions() / carry.drain(size.transactions(), "drain " + drain));
            }
            if (wantsLatency() && contestant.kind() != Kind.CARRIER) {
                double[] latencies = Latency.measure(track, size.latency(), size.limit());
                carry.finish().await();
                figures.accept(Measure.LATENCY_P50, Latency.percentile(latencies, 0.50));
                figures.accept(Measure.LATENCY_P99, Latency.percentile(latencies, 0.99));
            }
        }
    }
}
