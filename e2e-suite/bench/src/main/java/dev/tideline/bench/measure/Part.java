package dev.tideline.bench.measure;

import dev.tideline.bench.report.Measure;
import java.util.Set;

/** Measures of the bench that are not a race of contestants. Those of other jars are found as services. */
public interface Part {

    /** What it can take. */
    Set<Measure> measures();

    /** Takes all of them. @param rounds how often */
    void run(int rounds, Sampler sampler) throws Exception;
}
