package dev.tideline.bench;

import dev.tideline.bench.contestant.Contestant;
import dev.tideline.bench.report.Measure;
import java.util.function.ObjDoubleConsumer;

/** A part of the run in which the contestants take turns. */
interface Step {

    int rounds();

    boolean isWanted(Contestant contestant);

    /** Reports figures as soon as both sides were found equal. The contestant is closed afterwards. */
    void run(Contestant contestant, ObjDoubleConsumer<Measure> figures) throws Exception;
}
