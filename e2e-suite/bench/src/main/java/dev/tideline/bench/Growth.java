package dev.tideline.bench;

import dev.tideline.bench.contestant.Tideline;
import dev.tideline.bench.measure.Carry;
import dev.tideline.bench.measure.Part;
import dev.tideline.bench.measure.Sampler;
import dev.tideline.bench.report.Measure;
import dev.tideline.bench.track.Finish;
import dev.tideline.bench.track.Track;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * The cost of a change in a large table, compared with the same number of changes in a small one; and the heap for a
 * backlog of every row of the large one, changed by one statement.
 */
record Growth(BenchSettings settings) implements Part {

    @Override
    public Set<Measure> measures() {
        return EnumSet.of(Measure.COST_10M_ROWS, Measure.PEAK_HEAP);
    }

    @Override
    public void run(int rounds, Sampler sampler) throws Exception {
        BenchSize.Scale scale = settings.size().scale();
        try (Track few = Track.lay(settings.source(), settings.external(), "few_rows", scale.small());
                Tideline small = new Tideline(ManyTenants.HEAP_MEGABYTES);
                Track many = Track.lay(settings.source(), settings.external(), "many_rows", scale.large());
                Tideline large = new Tideline(ManyTenants.HEAP_MEGABYTES)) {
            Carry ofFew = carry(small, few);
            Carry ofMany = carry(large, many);
            ofFew.copy();
            ofMany.copy();
            for (int round = 1; settings.wantsAny(Measure.COST_10M_ROWS) && round <= rounds; round++) {
                String mark = "drain " + round;
                double cost = ofFew.drain(scale.transactions(), mark);
                sampler.sample(
                        Measure.COST_10M_ROWS, large.subject(), round, ofMany.drain(scale.transactions(), mark) / cost);
            }
            if (settings.wantsAny(Measure.PEAK_HEAP)) {
                large.pause();
                many.source().execute(many.sourceDatabase(), "UPDATE item SET amount = amount + 1");
                many.mark("everything");
                double seconds = ofMany.resume("everything");
                sampler.note(String.format(
                        Locale.ROOT,
                        "a backlog of %,d rows of one transaction was drained in %.1f s with a heap of %d MB",
                        scale.large(),
                        seconds,
                        ManyTenants.HEAP_MEGABYTES));
                sampler.sample(
                        Measure.PEAK_HEAP, large.subject(), 1, large.runtime().peakHeap());
            }
        }
    }

    private Carry carry(Tideline contestant, Track track) {
        return new Carry(contestant, track, new Finish(track, settings.size().limit()));
    }
}
