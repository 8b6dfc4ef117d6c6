package dev.tideline.sync.status;

import java.time.OffsetDateTime;
import java.util.List;

/** The pipeline at one moment. Written as JSON, names become snake_case. Holds no secret. */
public record Status(
        Sequencer sequencer,
        Poller poller,
        List<Capture> capture,
        List<MappingStatus> mappings,
        Totals totals,
        List<Target> targets) {

    /** Whether nothing fails: no external database, no table that is not followed, no dead request. */
    public boolean ok() {
        return totals.failing() == 0
                && poller.dead() == 0
                && capture.stream().allMatch(table -> table.trouble() == null);
    }

    /**
     * @param running whether a runtime holds the right to sequence
     * @param pendingChanges captured and committed, and not yet sequenced
     * @param fanOuts changes whose root rows are not all taken yet
     * @param refusedTenants changes that were left out, table by table
     */
    public record Sequencer(
            boolean enabled,
            boolean running,
            long lastSequenceId,
            OffsetDateTime lastPassAt,
            long pendingChanges,
            long fanOuts,
            List<RefusedTenant> refusedTenants) {}

    /**
     * Changes of tenants whose ids are too long to be kept; they go nowhere.
     *
     * @param beginning of one of the ids
     * @param bytes of the longest
     * @param changes since the last install
     */
    public record RefusedTenant(String table, String beginning, int bytes, long changes, OffsetDateTime lastAt) {}

    /**
     * What is captured of one table.
     *
     * @param kind {@code root}, {@code dependency} or {@code directory}
     * @param trouble why changes are not captured; null: they are. Once that is over, targets are compared with the table
     * @param since null where no runtime has seen the trouble yet
     * @param comparedBecause why all targets were last compared with the table; null: they never were, or for TRUNCATE alone
     */
    public record Capture(
            String table,
            String kind,
            List<String> columns,
            String trouble,
            OffsetDateTime since,
            String comparedBecause,
            OffsetDateTime comparedAt) {}

    /**
     * @param runtimes that are at work on this source
     * @param stale in flight with a lease that has ended
     * @param oldestSeconds age of the oldest request that waits; null if none does
     */
    public record Poller(
            boolean enabled, int runtimes, long pending, long inFlight, long stale, long dead, Double oldestSeconds) {}

    /**
     * @param rowsEstimate of the root table, by the planner's statistics; -1 before the first ANALYZE
     * @param changedRows ledger entries: keys that changed lately, or that some target has yet to hear of
     * @param minSequenceId null where there is no entry
     */
    public record MappingStatus(
            String name, String table, long rowsEstimate, long changedRows, Long minSequenceId, Long maxSequenceId) {}

    /** Over all targets, whatever page is shown. One that is paused is neither ok nor failing. */
    public record Totals(long targets, long ok, long failing, long paused, long parkedRows) {}

    /**
     * An external database; or a row of the table that lists them which names none, with what is wrong with it.
     *
     * @param tenant NULL where it is in such a row, and so is the name
     * @param status {@code ok}, {@code copying}, {@code error} or {@code paused}
     * @param address without the password; null if no runtime has been there yet
     */
    public record Target(
            String tenant,
            String name,
            String status,
            String address,
            String error,
            int failures,
            OffsetDateTime retryAt,
            List<TargetMapping> mappings) {}

    /**
     * @param cursor last sequence id applied; null before the first copy is whole
     * @param backlog rows behind the cursor
     * @param copiedRows of a copy that runs
     * @param parked rows that are set aside
     */
    public record TargetMapping(
            String name,
            Long cursor,
            Long backlog,
            long copiedRows,
            long parked,
            String error,
            OffsetDateTime updatedAt) {}
}
