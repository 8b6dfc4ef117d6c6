package dev.tideline.sync.status;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * The pipeline at one moment. Written as JSON, names become snake_case. Holds no secret. Rates are per second, averaged
 * over some time, and null where nobody has watched for long enough.
 *
 * @param ok whether nobody need look after anything: there is no trouble
 * @param trouble what somebody should look after, a sentence each; the worst first
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
     * @param id of this installation; another one, even of the same source, has another
     * @param version of schema {@code tideline}
     */
    public record Install(String id, int version) {}

    /**
     * Whether something does not work: an external database, a webhook, a table that is not followed, a tenant whose changes
     * are left out, a dead request. That nobody runs, or that somebody paused a stage, is trouble and no failure.
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
     * @param leader number of the process that has it; null if none, or one that is not listed
     * @param pending captured and committed, and not yet sequenced
     * @param pendingEstimated whether there are too many of them to be counted
     * @param oldestPendingAt when the oldest of them was captured, of those that were counted
     * @param fanOuts changes whose root rows are not all taken yet; counted up to 10,000
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
     * Somebody who is told of a mapping's changes.
     *
     * @param id as in the sender of its requests, {@code webhook:<id>}
     * @param waiting requests that wait for their turn or their next try; counted up to 1,000, which is as many as there are
     * @param dead dead letters; counted up to 10,000
     * @param lagMs how long its receiver has lacked a change, in milliseconds
     * @param trouble why, once that is longer than a minute; else null
     */
    public record Webhook(String id, String mapping, long waiting, long dead, long lagMs, String trouble) {}

    /**
     * Changes of tenants whose ids are too long to be kept; they go nowhere.
     *
     * @param beginning of one of the ids
     * @param bytes of the longest
     * @param changes since the last install
     */
    public record RefusedTenant(String table, String beginning, int bytes, long changes, OffsetDateTime lastAt) {}

    /**
     * How the capture of one table stands.
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
            OffsetDateTime comparedAt) {

        Capture troubled(String why) {
            return new Capture(table, kind, columns, why, since, comparedBecause, comparedAt);
        }
    }

    /**
     * A captured table.
     *
     * @param kind {@code root}, a mapping's own table; {@code dependency}, one that mappings depend on; or {@code
     *     directory}, the table that lists the external databases
     * @param total rows of the table as the planner estimates them; -1 before the first ANALYZE
     * @param changes captured changes that were sequenced since the installation
     * @param entries ledger entries: keys that changed lately, or that some target has yet to hear of; 0 without a ledger
     * @param minSequenceId null where there is no entry
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

    /** Deletions that were sequenced since the installation; rows that left their key or tenant count as deleted there. */
    public record DeletedRows(long total, List<DeletedFrom> tables) {}

    public record DeletedFrom(String table, long total) {}

    /**
     * @param runtimes that are at work on this source
     * @param total requests that are not done, dead ones included; counted up to 100,000 as the others are
     * @param stale in flight with a lease that has ended
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
     * @param minSequenceId in the ledger; null where there is no entry
     * @param pending changes of its table that are not sequenced
     * @param backlog entries behind the targets' cursors, as last measured
     * @param lagMs age of the oldest change that some target has yet to get; 0 where all have everything
     * @param rate rows brought
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
     * Over all targets, whatever page is shown. Each is one of ok, failing, paused and copying.
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
     * @param number of this one; the first is 1
     * @param total how many external databases there are on all pages
     */
    public record Page(int number, int size, int pages, long total) {}

    /**
     * An external database; or a row of the table that lists them which names none, with what is wrong with it.
     *
     * @param tenant NULL where it is in such a row, and so is the name
     * @param status {@code ok}, {@code copying}, {@code error} or {@code paused}
     * @param error of the target, or of one of its mappings, in plain words
     * @param since when the error began, or when it was paused; null otherwise
     * @param connection the address without password; null if no runtime has been there yet
     * @param checkedAt when a runtime last wrote down where it stands
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
     * @param lastSyncedSequenceId null before the first copy is whole
     * @param completeThrough time at the source up to which everything has arrived; null before the first copy is whole
     * @param backlog entries behind the cursor; null before the first copy is whole
     * @param backlogAtLeast whether there are more, and how many was not measured yet
     * @param copiedRows of a copy that runs
     * @param parked rows that are set aside; counted up to 10,000
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
     * A switch that somebody has used.
     *
     * @param name {@code sequencer}, {@code poller}, or {@code target:<tenant>/<name>}; of targets, those that are paused
     */
    public record Fuse(String name, boolean enabled, OffsetDateTime changedAt, String changedBy, String changedFrom) {}

    /**
     * A runtime that is at work on this source.
     *
     * @param number it is known by this one while it lives
     * @param role {@code run}, or {@code cron} where only requests from outside drive it
     * @param leading whether it sequences
     */
    public record Process(
            int number, String host, long pid, String version, String role, OffsetDateTime since, boolean leading) {}
}
