package dev.tideline.sync.status;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * The pipeline at one moment. In JSON, names become snake_case. Contains no secrets. Rates are averages per second, and
 * null until they have been observed for long enough.
 *
 * @param ok whether nothing needs attention: there is no trouble
 * @param trouble what needs attention, one sentence each; the worst first
 * @param externalDatabases one page of them
 */
public record Status(
        boolean ok,
        List<String> trouble,
        OffsetDateTime generatedAt,
        Install install,
        Sequencer sequencer,
        Poller poller,
        List<Webhook> webhooks,
        List<Capture> capture,
        SyncEngine syncEngine,
        Totals totals,
        List<Target> externalDatabases,
        Page page,
        List<Fuse> fuses,
        List<Process> processes) {

    /**
     * @param id of this installation; every installation has another id, even of the same source
     * @param version of schema {@code tideline}
     */
    public record Install(String id, int version) {}

    /**
     * Whether something does not work: an external database, a webhook, a captured table, a tenant whose changes are left
     * out, or a dead request. A stage that is paused, or that no runtime runs, is trouble but not a failure.
     */
    public boolean failing() {
        return totals.failing() > 0
                || poller.dead() > 0
                || !sequencer.refusedTenants().isEmpty()
                || webhooks.stream().anyMatch(webhook -> webhook.trouble() != null)
                || capture.stream().anyMatch(table -> table.trouble() != null);
    }

    /**
     * @param running whether a runtime holds the right to sequence
     * @param leader number of that process; null if there is none, or it is not listed
     * @param pending captured and committed, not yet sequenced
     * @param pendingEstimated whether there are too many to count
     * @param oldestPendingAt when the oldest of those counted was captured
     * @param fanOuts changes whose root rows are not all found yet; counted up to 10,000
     * @param rate changes sequenced
     */
    public record Sequencer(
            boolean enabled,
            boolean running,
            Integer leader,
            long lastSequenceId,
            OffsetDateTime lastPassAt,
            long pending,
            boolean pendingEstimated,
            OffsetDateTime oldestPendingAt,
            long fanOuts,
            Double rate,
            Double rateLastMinute,
            Double rateLastFiveMinutes,
            List<Table> tables,
            DeletedRows deletedRows,
            List<RefusedTenant> refusedTenants) {

        Sequencer at(Rates rates) {
            return new Sequencer(
                    enabled,
                    running,
                    leader,
                    lastSequenceId,
                    lastPassAt,
                    pending,
                    pendingEstimated,
                    oldestPendingAt,
                    fanOuts,
                    rates.now(),
                    rates.lastMinute(),
                    rates.lastFiveMinutes(),
                    tables,
                    deletedRows,
                    refusedTenants);
        }
    }

    /**
     * A receiver of a mapping's changes.
     *
     * @param id as in the sender of its requests, {@code webhook:<id>}
     * @param waiting requests that wait for their turn or their next attempt; counted up to 1,000, which is the maximum
     * @param dead dead letters; counted up to 10,000
     * @param lagMs how long its receiver has lacked a change, in milliseconds
     * @param trouble the reason if that is longer than a minute; else null
     */
    public record Webhook(String id, String mapping, long waiting, long dead, long lagMs, String trouble) {}

    /**
     * Changes of tenants whose ids are too long to be kept. They are dropped.
     *
     * @param beginning of one of the ids
     * @param bytes of the longest
     * @param changes since the last install
     */
    public record RefusedTenant(String table, String beginning, int bytes, long changes, OffsetDateTime lastAt) {}

    /**
     * The capture of one table.
     *
     * @param kind {@code root}, {@code dependency} or {@code directory}
     * @param trouble why changes are not captured; null if they are. When it is over, targets are compared with the
     *     table
     * @param since null if no runtime has noticed the trouble yet
     * @param comparedBecause why all targets were last compared with the table; null if they never were, or only
     *     because of TRUNCATE
     */
    public record Capture(
            String table,
            String kind,
            List<String> columns,
            String trouble,
            OffsetDateTime since,
            String comparedBecause,
            OffsetDateTime comparedAt) {

        Capture troubled(String why) {
            return new Capture(table, kind, columns, why, since, comparedBecause, comparedAt);
        }
    }

    /**
     * A captured table.
     *
     * @param kind {@code root}: a mapping's own table; {@code dependency}: one that mappings depend on; {@code
     *     directory}: the table of external databases
     * @param total the planner's estimate of the table's rows; -1 before the first ANALYZE
     * @param changes sequenced since the installation
     * @param entries ledger entries: keys that changed recently, or that some target has yet to receive; 0 without a
     *     ledger
     * @param minSequenceId null if there is no entry
     */
    public record Table(
            String table,
            String kind,
            long total,
            long pending,
            long changes,
            long entries,
            Long minSequenceId,
            Long maxSequenceId) {}

    /**
     * Deletions sequenced since the installation. A row that changes its key or tenant counts as deleted under the old
     * one.
     */
    public record DeletedRows(long total, List<DeletedFrom> tables) {}

    public record DeletedFrom(String table, long total) {}

    /**
     * @param runtimes working on this source
     * @param total requests that are not done, including dead ones; counted up to 100,000 like the others
     * @param stale in flight with an expired lease
     * @param rate requests carried out
     */
    public record Poller(
            boolean enabled,
            int runtimes,
            long total,
            long pending,
            long inFlight,
            long stale,
            long dead,
            OffsetDateTime oldestCreatedAt,
            OffsetDateTime newestCreatedAt,
            Double rate,
            Double rateLastMinute,
            Double rateLastFiveMinutes) {

        Poller at(Rates rates) {
            return new Poller(
                    enabled,
                    runtimes,
                    total,
                    pending,
                    inFlight,
                    stale,
                    dead,
                    oldestCreatedAt,
                    newestCreatedAt,
                    rates.now(),
                    rates.lastMinute(),
                    rates.lastFiveMinutes());
        }
    }

    public record SyncEngine(List<MappingStatus> mappings) {}

    /**
     * Over all targets.
     *
     * @param minSequenceId in the ledger; null if there is no entry
     * @param pending changes of its table that are not sequenced
     * @param backlog entries behind the targets' cursors, as last measured
     * @param lagMs age of the oldest change that some target has yet to receive; 0 if all have everything
     * @param rate rows delivered
     */
    public record MappingStatus(
            String name,
            String table,
            Long minSequenceId,
            Long maxSequenceId,
            long pending,
            long backlog,
            long lagMs,
            Double rate,
            Double rateLastMinute,
            Double rateLastFiveMinutes) {

        MappingStatus behind(long entries, long ms) {
            return new MappingStatus(
                    name,
                    table,
                    minSequenceId,
                    maxSequenceId,
                    pending,
                    entries,
                    ms,
                    rate,
                    rateLastMinute,
                    rateLastFiveMinutes);
        }

        MappingStatus at(Rates rates) {
            return new MappingStatus(
                    name,
                    table,
                    minSequenceId,
                    maxSequenceId,
                    pending,
                    backlog,
                    lagMs,
                    rates.now(),
                    rates.lastMinute(),
                    rates.lastFiveMinutes());
        }
    }

    /**
     * Over all targets, whatever page is shown. Each is ok, failing, paused or copying.
     *
     * @param parkedRows counted up to 100,000
     */
    public record Totals(
            long targets,
            long ok,
            long failing,
            long paused,
            long copying,
            long parkedRows,
            long backlog,
            long lagMs) {}

    /**
     * @param number of this page, from 1
     * @param total number of external databases on all pages
     */
    public record Page(int number, int size, int pages, long total) {}

    /**
     * An external database; or an invalid row of the table of external databases, with what is wrong with it.
     *
     * @param tenant NULL if it is in such a row; likewise the name
     * @param status {@code ok}, {@code copying}, {@code error} or {@code paused}
     * @param error of the target, or of one of its mappings, in plain words
     * @param since when the error began, or when it was paused; null otherwise
     * @param connection the address without password; null if no runtime has connected yet
     * @param checkedAt when a runtime last recorded its state
     */
    public record Target(
            String tenant,
            String name,
            String status,
            String error,
            OffsetDateTime since,
            String connection,
            int failures,
            OffsetDateTime retryAt,
            OffsetDateTime checkedAt,
            long parked,
            List<TargetMapping> mappings) {}

    /**
     * @param lastSyncedSequenceId null before the first copy is complete
     * @param completeThrough time at the source up to which everything has arrived; null before the first copy is
     *     complete
     * @param backlog entries behind the cursor; null before the first copy is complete
     * @param backlogAtLeast whether there are more, whose number was not measured yet
     * @param copiedRows of a copy in progress
     * @param parked parked rows; counted up to 10,000
     */
    public record TargetMapping(
            String name,
            Long lastSyncedSequenceId,
            OffsetDateTime updatedAt,
            OffsetDateTime completeThrough,
            Long backlog,
            boolean backlogAtLeast,
            Long lagMs,
            long copiedRows,
            long parked,
            String error) {}

    /**
     * A pause switch that somebody has used.
     *
     * @param name {@code sequencer}, {@code poller}, or {@code target:<tenant>/<name>}; targets are listed while they
     *     are paused
     */
    public record Fuse(String name, boolean enabled, OffsetDateTime changedAt, String changedBy, String changedFrom) {}

    /**
     * A runtime that works on this source.
     *
     * @param number that identifies it while it lives
     * @param role {@code run}, or {@code cron} if it is only driven by requests from outside
     * @param leading whether it is the sequencer
     */
    public record Process(
            int number, String host, long pid, String version, String role, OffsetDateTime since, boolean leading) {}
}
