package dev.tideline.sync.engine;

import dev.tideline.sync.engine.TargetStateStore.Known;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which tenants are visited without a request: after a start, and when the source was away. Changes that
 * happened meanwhile were captured and have requests of their own. The roll call finds what no trigger sees, such as a
 * target that was added to the configuration, lost its tables, or is ahead of a restored source. Safe for use by many
 * threads.
 */
public final class RollCall {

    private final TargetStateStore states;
    private final TargetDirectory directory;
    private final ChangeFetcher fetcher;

    public RollCall(TargetStateStore states, TargetDirectory directory, ChangeFetcher fetcher) {
        this.states = states;
        this.directory = directory;
        this.fetcher = fetcher;
    }

    /**
     * All tenants that have an external database, each once.
     *
     * @param now have a target that is new, has moved, has failed, or was last synced with another definition
     * @param inTurn were caught up when they were last synced, most recent first
     */
    public record Order(List<String> now, List<String> inTurn) {}

    /**
     * Reads the list of external databases and their last known states, with two queries regardless of their number.
     */
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
