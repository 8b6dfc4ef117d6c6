package dev.tideline.sync;

import dev.tideline.sync.apply.MappingState;
import dev.tideline.sync.apply.OvertakenException;
import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.error.SyncException;
import dev.tideline.sync.error.SyncException.Subject;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.park.ParkedRow;
import dev.tideline.sync.park.Parking.Retried;
import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.source.SourceFailure;
import dev.tideline.sync.target.ExternalDatabase;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Retries parked rows at once, whether or not a runtime is running on the same source. */
public final class ParkedRetry {

    private static final int ATTEMPTS = 5;

    private ParkedRetry() {}

    /** Rows of one mapping in one external database. */
    private record Group(String tenant, String target, String mapping) {}

    /**
     * The result.
     *
     * @param failures why rows could not be tried at all
     */
    public record Report(int applied, int refused, List<SyncException> failures) {}

    /**
     * Tries the rows' current versions. Rows that are refused again stay parked, with the new error.
     *
     * @throws SyncException if the source fails
     */
    public static Report run(SyncConfig config, Collection<ParkedRow> rows) {
        try (SourceDatabase source = new SourceDatabase(config.source(), SyncPipeline.connections(config));
                SyncPipeline pipeline = SyncRuntime.open(config, source, SyncListener.NONE)) {
            return run(pipeline, rows);
        } catch (SQLException e) {
            throw SourceFailure.of(config.source(), e);
        }
    }

    /** The same, with an existing pipeline. */
    static Report run(SyncPipeline pipeline, Collection<ParkedRow> rows) throws SQLException {
        Map<Group, List<ParkedRow>> groups = rows.stream()
                .collect(Collectors.groupingBy(
                        row -> new Group(row.tenant(), row.target(), row.mapping()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        int applied = 0;
        int refused = 0;
        List<SyncException> failures = new java.util.ArrayList<>();
        for (Map.Entry<Group, List<ParkedRow>> group : groups.entrySet()) {
            try {
                Retried retried = retry(pipeline, group.getKey(), group.getValue());
                applied += retried.applied();
                refused += retried.refused();
            } catch (SyncException e) {
                failures.add(e);
            }
        }
        return new Report(applied, refused, failures);
    }

    private static Retried retry(SyncPipeline pipeline, Group group, List<ParkedRow> rows) throws SQLException {
        Subject subject = new Subject(group.tenant(), group.target(), group.mapping());
        ExternalDatabase target = pipeline.directory().of(Set.of(group.tenant())).stream()
                .filter(database -> database.name().equals(group.target()))
                .findFirst()
                .orElseThrow(() -> new SyncException(subject, "this external database is not enabled", null));
        Mapping mapping = pipeline.plan().mappings().stream()
                .filter(m -> m.name().equals(group.mapping()))
                .findFirst()
                .orElseThrow(() -> new SyncException(subject, "this mapping is not configured", null));
        try {
            return pipeline.targets().with(target, session -> retry(pipeline, session, mapping, rows, subject));
        } catch (SyncException e) {
            throw e;
        } catch (Exception e) {
            throw new SyncException(subject, e.getMessage(), e);
        }
    }

    private static Retried retry(
            SyncPipeline pipeline, TargetSession session, Mapping mapping, List<ParkedRow> rows, Subject subject)
            throws SQLException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            MappingState state = session.state(mapping);
            if (state.copy().isPresent() || state.definition().isEmpty()) {
                throw new SyncException(subject, "a copy is running, which tries its rows again anyway", null);
            }
            try {
                return pipeline.parking()
                        .retryNow(
                                session,
                                mapping,
                                state.definition().get(),
                                rows.stream().map(ParkedRow::asBadRow).toList());
            } catch (OvertakenException e) {
                session.forgetStates(); // a runtime applied a batch meanwhile
            }
        }
        throw new SyncException(subject, "a runtime keeps applying batches; try again", null);
    }
}
