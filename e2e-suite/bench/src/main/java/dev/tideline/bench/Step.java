package dev.tideline.bench;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.report.Measure;
import java.util.function.ObjDoubleConsumer;

/** A part of the run in which the contestants take turns. */
interface Step {

    /** How often. */
    int rounds();

    boolean isWanted(Contestant contestant);

    /** Figures are handed over as soon as both sides were seen to be equal. The contestant is closed afterwards. */
    void run(Contestant contestant, ObjDoubleConsumer<Measure> figures) throws Exception;
}
