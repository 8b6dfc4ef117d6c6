package dev.tideline.sync.engine;

import dev.tideline.sync.apply.MappingState;
import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.ChangeFetcher.Bounds;
import dev.tideline.sync.mapping.Mapping;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The sequence ids of the source that a target has seen.
 *
 * @param bounds of the next batches, one for each mapping
 */
record SeenIds(TargetSession session, ChangeFetcher fetcher, List<Bounds> bounds) {

    /** The largest distance from a cursor to the end of the next batch. */
    long leap() throws SQLException {
        long leap = 0;
        for (int i = 0; i < bounds.size(); i++) {
            leap = Math.max(leap, bounds.get(i).upTo() - state(i).cursor());
        }
        return leap;
    }

    /**
     * The ids up to which the rows are current, or will be when a copy is done. Mappings that will be copied anyway
     * have none.
     */
    List<Long> ids() throws SQLException {
        List<Long> ids = new ArrayList<>(bounds.size());
        for (int i = 0; i < bounds.size(); i++) {
            String definition = fetcher.definition(mapping(i), bounds.get(i).epoch());
            if (state(i).definition().filter(definition::equals).isPresent()) {
                ids.add(state(i).cursor());
            }
            state(i).copy()
                    .filter(copy -> copy.definition().equals(definition))
                    .ifPresent(copy -> ids.add(copy.sequenceId()));
        }
        return ids;
    }

    private Mapping mapping(int i) {
        return fetcher.mappings().get(i);
    }

    private MappingState state(int i) throws SQLException {
        return session.state(mapping(i));
    }
}
