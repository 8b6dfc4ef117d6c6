package dev.tideline.bench.measure;

import dev.tideline.bench.report.Measure;
import java.util.Set;

/** Measures of the bench besides the race of contestants. Those that need other jars are named like peers. */
public interface Part {

    /** The measures that it can take. */
    Set<Measure> measures();

    /** Takes all of them. */
    void run(int rounds, Sampler sampler) throws Exception;
}
