package dev.tideline.bench;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.contestant.Contestant.Kind;
import dev.tideline.bench.measure.SourceLoad;
import dev.tideline.bench.report.Measure;
import dev.tideline.bench.track.Finish;
import dev.tideline.bench.track.Track;
import java.time.Duration;
import java.util.function.ObjDoubleConsumer;

/** The speed of the application's transactions while a contestant follows, and while it is paused. */
record SourceSpeed(BenchSettings settings, SourceLoad load) implements Step {

    private static final Duration WARM_UP = Duration.ofSeconds(1);

    @Override
    public int rounds() {
        return settings.size().load().rounds();
    }

    @Override
    public boolean isWanted(Contestant contestant) {
        return settings.wants(contestant.subject())
                && contestant.kind() != Kind.CARRIER
                && (settings.wantsAny(Measure.SOURCE_TPS_SYNCING) || wantsPaused(contestant));
    }

    /** Contestants that add nothing to a transaction are as fast as none while paused. */
    private boolean wantsPaused(Contestant contestant) {
        return settings.wantsAny(Measure.SOURCE_TPS_PAUSED) && contestant.kind() != Kind.FOLLOWER;
    }

    @Override
    public void run(Contestant contestant, ObjDoubleConsumer<Measure> figures) throws Exception {
        BenchSize size = settings.size();
        try (Track track = Track.lay(
                        settings.source(),
                        settings.external(),
                        contestant.subject(),
                        size.load().rows());
                contestant) {
            contestant.install(track);
            contestant.addTarget();
            equal(contestant, track);
            load.rate(track, WARM_UP);
            if (settings.wantsAny(Measure.SOURCE_TPS_SYNCING)) {
                double rate = load.rate(track, size.load().length());
                equal(contestant, track);
                figures.accept(Measure.SOURCE_TPS_SYNCING, rate);
            }
            if (wantsPaused(contestant)) {
                contestant.pause();
                double rate = load.rate(track, size.load().length());
                contestant.resume();
                equal(contestant, track);
                figures.accept(Measure.SOURCE_TPS_PAUSED, rate);
            }
        }
    }

    private void equal(Contestant contestant, Track track) throws Exception {
        if (contestant.kind() != Kind.NOTHING) {
            new Finish(track, settings.size().limit()).await();
        }
    }
}
