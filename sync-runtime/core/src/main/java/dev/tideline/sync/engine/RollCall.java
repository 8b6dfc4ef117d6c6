package dev.tideline.sync.engine;

import dev.tideline.sync.engine.TargetStateStore.Known;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * In which order tenants are looked at that nobody asked for: after a start, or when the source was away. Whatever changed
 * meanwhile was captured, and has a request of its own; this is for what no trigger sees, such as a target that was
 * listed in the configuration, lost its tables, or has heard more of the source than the source knows. Safe for use by many
 * threads.
 */
public final class RollCall {

    private final TargetStateStore states;
    private final TargetDirectory directory;
    private final ChangeFetcher fetcher;

    public RollCall(SourceDatabase source, TargetDirectory directory, ChangeFetcher fetcher) {
        this.states = new TargetStateStore(source);
        this.directory = directory;
        this.fetcher = fetcher;
    }

    /**
     * All tenants that have an external database, each once.
     *
     * @param now have one that is new, has moved, failed, or was last worked with when rows were made otherwise
     * @param inTurn had everything when they were last worked with; the last one first
     */
    public record Order(List<String> now, List<String> inTurn) {}

    /** Reads the list of external databases and what is known of each: two queries, however many there are. */
    public Order order() throws SQLException {
        Set<Known> listed = new HashSet<>();
        for (ExternalDatabase target : directory.all()) {
            listed.add(Known.of(target));
        }
        List<Known> settled = states.settled(fetcher.definitions());
        Set<Known> unsettled = new LinkedHashSet<>(listed);
        settled.forEach(unsettled::remove);
        Set<String> now = new LinkedHashSet<>();
        unsettled.forEach(target -> now.add(target.tenant()));
        Set<String> inTurn = new LinkedHashSet<>();
        for (Known target : settled) {
            if (listed.contains(target) && !now.contains(target.tenant())) {
                inTurn.add(target.tenant());
            }
        }
        return new Order(List.copyOf(now), List.copyOf(inTurn));
    }
}
