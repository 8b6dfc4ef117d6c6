package dev.tideline.bench.contestant;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All contestants: those of this package, and the {@link Peers}. */
public final class Contestants {

    private Contestants() {}

    /**
     * Each supplier makes a new contestant; the untracked source comes first.
     *
     * @param transactions of each backlog, for the contestant that has to be told
     */
    public static List<Supplier<Contestant>> all(int transactions) {
        List<Supplier<Contestant>> all = new ArrayList<>(List.of(
                Untracked::new,
                NativeReplication::new,
                Tideline::new,
                () -> new CopyLimit(transactions),
                RowByRow::new));
        all.addAll(Peers.of(Contestant.class));
        return all;
    }
}
