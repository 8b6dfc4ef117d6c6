package dev.tideline.bench.measure;

import dev.tideline.bench.report.Measure;

/** Receives samples. */
public interface Sampler {

    /**
     * @param round from 1
     */
    void sample(Measure measure, String subject, int round, double value);

    /** Something that readers of the figures should know. */
    void note(String line);
}
