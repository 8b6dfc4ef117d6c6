package dev.tideline.sync.sequence;

import java.util.HashMap;
import java.util.Map;

/** What passes have sequenced, by stream, for the status. Safe for use by many threads. */
public final class SequencedFigures {

    private final Map<Integer, Figures> byStream = new HashMap<>(); // guarded by this

    /**
     * The figures of one stream.
     *
     * @param changes captured changes that were read
     * @param removed deletions among them, and rows that changed their key or tenant
     * @param entries ledger entries that were appended
     * @param lastId the highest sequence id among them; 0 if there are none
     */
    public record Figures(long changes, long removed, long entries, long lastId) {

        static final Figures NONE = new Figures(0, 0, 0, 0);

        private Figures plus(Figures more) {
            return new Figures(
                    changes + more.changes,
                    removed + more.removed,
                    entries + more.entries,
                    Math.max(lastId, more.lastId));
        }
    }

    void changes(int stream, long changes, long removed) {
        add(stream, new Figures(changes, removed, 0, 0));
    }

    void entries(int stream, long entries, long lastId) {
        add(stream, new Figures(0, 0, entries, lastId));
    }

    /** Adds what a pass did, after its commit. */
    void add(SequencedFigures pass) {
        pass.take().forEach(this::add);
    }

    /** Adds back figures that could not be written. */
    public synchronized void add(int stream, Figures more) {
        byStream.merge(stream, more, Figures::plus);
    }

    /** Returns the figures added since the last call. */
    public synchronized Map<Integer, Figures> take() {
        Map<Integer, Figures> taken = Map.copyOf(byStream);
        byStream.clear();
        return taken;
    }
}
