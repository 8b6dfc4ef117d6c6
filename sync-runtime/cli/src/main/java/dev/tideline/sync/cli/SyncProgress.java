package dev.tideline.sync.cli;

import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** A progress line that is updated in place on a terminal, and at the end one line for each mapping. */
final class SyncProgress implements SyncListener {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;
    private final Map<String, long[]> rows = new LinkedHashMap<>(); // guarded by this: copied, changed, deleted

    SyncProgress(PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public synchronized void copied(ExternalDatabase target, Mapping mapping, long count, long total) {
        counts(target, mapping)[0] += count;
        show(target, mapping, Counted.of(total, "row") + " copied");
    }

    @Override
    public synchronized void applied(ExternalDatabase target, Mapping mapping, long count, long gone, long cursor) {
        long[] counts = counts(target, mapping);
        counts[1] += count - gone;
        counts[2] += gone;
        show(target, mapping, Counted.of(counts[1], "row") + " changed, " + counts[2] + " deleted");
    }

    private long[] counts(ExternalDatabase target, Mapping mapping) {
        return rows.computeIfAbsent(target.name() + " " + mapping.name(), key -> new long[3]);
    }

    private void show(ExternalDatabase target, Mapping mapping, String what) {
        if (terminal) {
            err.print("\r\u001b[2K" + target.name() + " " + mapping.name() + ": " + what);
            err.flush();
        }
    }

    /** Clears the progress line and prints the sums. */
    synchronized void finish() {
        if (terminal) {
            err.print("\r\u001b[2K");
            err.flush();
        }
        rows.forEach((name, counts) -> out.println(name + ": " + Counted.of(counts[0], "row") + " copied, " + counts[1]
                + " changed, " + counts[2] + " deleted"));
    }
}
