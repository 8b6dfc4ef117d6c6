package dev.tideline.bench.measure;

import dev.tideline.bench.report.Measure;
import java.util.Set;

/** Measures of the bench that are not a race of contestants. Those that need other jars are named as peers are. */
public interface Part {

    /** What it can take. */
    Set<Measure> measures();

    /** Takes all of them. @param rounds how often */
    void run(int rounds, Sampler sampler) throws Exception;
}
