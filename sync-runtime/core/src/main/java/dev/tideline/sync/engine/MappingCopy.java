package dev.tideline.sync.engine;

import dev.tideline.sync.apply.CopyEnd;
import dev.tideline.sync.apply.MappingState;
import dev.tideline.sync.apply.OvertakenException;
import dev.tideline.sync.apply.TableCopier;
import dev.tideline.sync.apply.TargetSession;
import dev.tideline.sync.event.SyncListener;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.CopyFormat;
import dev.tideline.sync.fetch.KeyedRows;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.park.DataErrors;
import dev.tideline.sync.park.Parking;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A copy of one mapping into one target, begun or gone on with, to its end. Used within one session. */
final class MappingCopy {

    /** Rows between two commits. */
    private static final long CHUNK = 100_000;

    private static final int KEYS_AT_A_TIME = 5_000;

    private final ChangeFetcher fetcher;
    private final Parking parking;
    private final TargetSession session;
    private final Mapping mapping;
    private final SyncListener listener;
    private final Runnable checkStopping;
    private final TableCopier copier;
    private final CopyEnd end;

    /** @param checkStopping runs before each chunk, and ends it all by throwing */
    MappingCopy(
            ChangeFetcher fetcher,
            Parking parking,
            TargetSession session,
            Mapping mapping,
            SyncListener listener,
            Runnable checkStopping) {
        this.fetcher = fetcher;
        this.parking = parking;
        this.session = session;
        this.mapping = mapping;
        this.listener = listener;
        this.checkStopping = checkStopping;
        this.copier = new TableCopier(session, mapping);
        this.end = new CopyEnd(session, mapping);
    }

    /**
     * Copies.
     *
     * @param definition what the rows are to be made with; a copy of another is given up
     * @param state where the mapping stands
     * @return how many rows there are now
     * @throws OvertakenException if another worker has gone on with the copy
     */
    long run(String definition, MappingState state) throws SQLException, OvertakenException {
        MappingState.Copy copy = state.copy()
                .filter(begun -> begun.definition().equals(definition))
                .orElse(null);
        if (copy == null) {
            parking.forget(session.database(), mapping);
            copy = copier.begin(definition, fetcher.lastSequenceId());
        }
        listener.copyStarted(session.database(), mapping);
        Optional<MappingState.Copy> unfinished = Optional.of(copy);
        while (unfinished.isPresent()) {
            copy = toTheLastRow(unfinished.get());
            unfinished = finish(copy);
        }
        listener.copyFinished(session.database(), mapping, copy.rows());
        return copy.rows();
    }

    private Optional<MappingState.Copy> finish(MappingState.Copy copy) throws SQLException, OvertakenException {
        if (!copy.prune()) {
            return end.finish(copy);
        }
        try (KeyedRows keys = fetcher.keys(mapping, tenant(), format())) {
            end.prune(copy, keys);
        } catch (SQLException e) {
            if (!DataErrors.isAValues(e)) { // nothing else may make a key seem to be gone
                throw e;
            }
            end.prune(copy, partByPart());
        }
        return Optional.empty();
    }

    private CopyEnd.KeyRanges partByPart() {
        return new CopyEnd.KeyRanges() {
            @Override
            public List<List<String>> next(List<String> behind) throws SQLException {
                checkStopping.run();
                return fetcher.nextKeys(mapping, tenant(), behind, KEYS_AT_A_TIME);
            }

            @Override
            public KeyedRows between(List<String> behind, List<String> upTo) throws SQLException {
                return fetcher.keys(mapping, tenant(), behind, upTo);
            }

            @Override
            public boolean mayBeAKeys(SQLException failure) {
                return DataErrors.isAValues(failure);
            }
        };
    }

    private MappingState.Copy toTheLastRow(MappingState.Copy begun) throws SQLException, OvertakenException {
        try {
            return inChunks(begun);
        } catch (SQLException e) {
            if (!DataErrors.mayBe(e)) {
                throw e;
            }
            MappingState.Copy stands = session.state(mapping)
                    .copy()
                    .filter(ours -> ours.definition().equals(begun.definition()))
                    .orElseThrow(() -> e);
            return parking.copy(
                    session,
                    mapping,
                    end.keyed(stands),
                    (count, parked, now) -> {
                        listener.parked(session.database(), mapping, parked);
                        listener.copied(session.database(), mapping, count, now.rows());
                    },
                    checkStopping);
        }
    }

    private MappingState.Copy inChunks(MappingState.Copy begun) throws SQLException, OvertakenException {
        MappingState.Copy copy = begun;
        try (KeyedRows rows = fetcher.rows(mapping, tenant(), copy.position(), format())) {
            while (true) {
                checkStopping.run();
                long before = copy.rows();
                Optional<MappingState.Copy> next = copier.chunk(copy, rows, CHUNK);
                if (next.isEmpty()) {
                    return copy;
                }
                copy = next.get();
                listener.copied(session.database(), mapping, copy.rows() - before, copy.rows());
            }
        }
    }

    private String tenant() {
        return session.database().tenant();
    }

    private CopyFormat format() throws SQLException {
        return session.format(mapping, fetcher.sourceMajor());
    }
}
