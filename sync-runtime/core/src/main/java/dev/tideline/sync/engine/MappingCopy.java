package dev.tideline.sync.engine;

import dev.tideline.sync.apply.CopyEnd;
import dev.tideline.sync.apply.MappingState;
import dev.tideline.sync.apply.OvertakenException;
import dev.tideline.sync.apply.TableCopier;
import dev.tideline.sync.fetch.ChangeFetcher;
import dev.tideline.sync.fetch.KeyedRows;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.park.DataErrors;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Copies one mapping into one target, from the start or from where an earlier copy ended. Used within one session. */
final class MappingCopy {

    /** Rows per commit. */
    private static final long CHUNK = 100_000;

    private static final int KEYS_AT_A_TIME = 5_000;

    private final TargetRun run;
    private final ChangeFetcher fetcher;
    private final Mapping mapping;
    private final TableCopier copier;
    private final CopyEnd end;

    MappingCopy(TargetRun run, Mapping mapping) {
        this.run = run;
        this.fetcher = run.fetcher();
        this.mapping = mapping;
        this.copier = new TableCopier(run.session(), mapping);
        this.end = new CopyEnd(run.session(), mapping);
    }

    /**
     * Copies.
     *
     * @param definition of the rows to copy; a copy that began with another one is started again
     * @param state where the mapping stands
     * @return how many rows there are now
     * @throws OvertakenException if another worker has continued the copy
     */
    long run(String definition, MappingState state) throws SQLException, OvertakenException {
        MappingState.Copy copy = state.copy()
                .filter(begun -> begun.definition().equals(definition))
                .orElse(null);
        if (copy == null) {
            run.parking().forget(run.target(), mapping);
            copy = copier.begin(definition, fetcher.lastSequenceId());
        }
        run.listener().copyStarted(run.target(), mapping);
        Optional<MappingState.Copy> unfinished = Optional.of(copy);
        while (unfinished.isPresent()) {
            copy = toTheLastRow(unfinished.get());
            unfinished = finish(copy);
        }
        run.listener().copyFinished(run.target(), mapping, copy.rows());
        return copy.rows();
    }

    private Optional<MappingState.Copy> finish(MappingState.Copy copy) throws SQLException, OvertakenException {
        if (!copy.prune()) {
            return end.finish(copy);
        }
        try (KeyedRows keys = fetcher.keys(mapping, run.tenant(), run.format(mapping))) {
            end.prune(copy, keys);
        } catch (SQLException e) {
            if (!DataErrors.isAValues(e)) { // no other error may make a key look deleted
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
                run.checkStopping();
                return fetcher.nextKeys(mapping, run.tenant(), behind, KEYS_AT_A_TIME);
            }

            @Override
            public KeyedRows between(List<String> behind, List<String> upTo) throws SQLException {
                return fetcher.keys(mapping, run.tenant(), behind, upTo);
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
            MappingState.Copy stands = run.session()
                    .state(mapping)
                    .copy()
                    .filter(ours -> ours.definition().equals(begun.definition()))
                    .orElseThrow(() -> e);
            return run.parking()
                    .copy(
                            run.session(),
                            mapping,
                            end.keyed(stands),
                            (count, parked, now) -> {
                                run.listener().parked(run.target(), mapping, parked);
                                run.listener().copied(run.target(), mapping, count, now.rows());
                            },
                            run::checkStopping);
        }
    }

    private MappingState.Copy inChunks(MappingState.Copy begun) throws SQLException, OvertakenException {
        MappingState.Copy copy = begun;
        try (KeyedRows rows = fetcher.rows(mapping, run.tenant(), copy.position(), run.format(mapping))) {
            while (true) {
                run.checkStopping();
                long before = copy.rows();
                Optional<MappingState.Copy> next = copier.chunk(copy, rows, CHUNK);
                if (next.isEmpty()) {
                    return copy;
                }
                copy = next.get();
                run.listener().copied(run.target(), mapping, copy.rows() - before, copy.rows());
            }
        }
    }
}
