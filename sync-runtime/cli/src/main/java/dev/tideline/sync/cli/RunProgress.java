package dev.tideline.sync.cli;

import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What a runtime has delivered since the last line. Safe for use by many threads. */
final class RunProgress implements SyncListener {

    private final LongAdder copied = new LongAdder();
    private final LongAdder changed = new LongAdder();
    private final Set<String> targets = ConcurrentHashMap.newKeySet();

    @Override
    public void copied(ExternalDatabase target, Mapping mapping, long rows, long total) {
        copied.add(rows);
        targets.add(target.label());
    }

    @Override
    public void applied(ExternalDatabase target, Mapping mapping, long rows, long gone, long cursor) {
        changed.add(rows);
        targets.add(target.label());
    }

    /** {@code 3 rows copied, 12 changed in 2 external databases}; empty if nothing moved since the last call. */
    Optional<String> line() {
        long copies = copied.sumThenReset();
        long changes = changed.sumThenReset();
        int reached = targets.size();
        targets.clear();
        if (copies + changes == 0) {
            return Optional.empty();
        }
        String rows = copies == 0
                ? Counted.of(changes, "row") + " changed"
                : Counted.of(copies, "row") + " copied" + (changes == 0 ? "" : ", " + changes + " changed");
        return Optional.of(rows + " in " + Counted.of(reached, "external database"));
    }
}
