package dev.tideline.sync.admin;

import dev.tideline.sync.SyncOperations;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.status.Status;
import dev.tideline.sync.status.StatusQuery;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The status of a runtime as meters in a Micrometer registry. Labels are mappings, tables and states, which are few,
 * and never tenants. Every runtime reports the whole source, except for {@code tideline.rows.brought}. Call {@link
 * #refresh} before reading the registry: meters show what the source said then. Safe for use by many threads.
 */
public final class SyncMetrics {

    private static final StatusQuery LITTLE = new StatusQuery(null, 1, 1);

    private final SyncOperations operations;
    private final MeterRegistry registry;
    private final MultiGauge requests;
    private final MultiGauge targets;
    private final MultiGauge backlog;
    private final MultiGauge lag;
    private final MultiGauge pending;
    private final MultiGauge entries;
    private final MultiGauge fuses;
    private final MultiGauge changeTables;
    private final Set<String> counted = new HashSet<>(); // guarded by this
    private volatile Status status;

    private SyncMetrics(SyncOperations operations, MeterRegistry registry) {
        this.operations = operations;
        this.registry = registry;
        gauge("tideline.ok", "1 while nothing needs attention", s -> s.ok() ? 1 : 0);
        gauge(
                "tideline.sequencer.running",
                "1 while a runtime is sequencing",
                s -> s.sequencer().running() ? 1 : 0);
        gauge(
                "tideline.sequencer.pass.timestamp.seconds",
                "When the last pass that found something ended, in seconds since 1970",
                s -> s.sequencer().lastPassAt().toEpochSecond());
        gauge(
                "tideline.sequencer.pending.age.seconds",
                "Age of the oldest change that is captured and not sequenced",
                SyncMetrics::pendingAge);
        gauge(
                "tideline.poller.oldest.request.age.seconds",
                "Age of the oldest request that is not done",
                SyncMetrics::requestAge);
        gauge("tideline.parked.rows", "Parked rows", s -> s.totals().parkedRows());
        gauge(
                "tideline.processes",
                "Runtimes that work on this source",
                s -> s.processes().size());
        counter(
                "tideline.changes.sequenced",
                "Changes sequenced since the installation",
                s -> s.sequencer().tables().stream()
                        .mapToLong(Status.Table::changes)
                        .sum());
        counter(
                "tideline.rows.deleted",
                "Deletions sequenced since the installation",
                s -> s.sequencer().deletedRows().total());
        requests = gauges("tideline.requests", "Requests that are not done, by state");
        targets = gauges("tideline.external.databases", "External databases, by status");
        backlog = gauges("tideline.backlog.entries", "Ledger entries behind the cursors of all external databases");
        lag = gauges("tideline.lag.seconds", "Age of the oldest change that has not reached all external databases");
        pending = gauges("tideline.sequencer.pending.changes", "Changes captured and not sequenced");
        entries = gauges("tideline.ledger.entries", "Ledger entries");
        fuses = gauges("tideline.fuse.enabled", "1 while a stage is switched on");
        changeTables = MultiGauge.builder("tideline.change.table.size")
                .description("Size of the tables that capture appends to, which are truncated in turn")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    /**
     * Creates the meters of a runtime.
     *
     * @param registry close it before the runtime
     */
    public static SyncMetrics in(MeterRegistry registry, SyncRuntime runtime) {
        return new SyncMetrics(runtime.operations(), registry);
    }

    static SyncMetrics in(MeterRegistry registry, SyncOperations operations) {
        return new SyncMetrics(operations, registry);
    }

    private void gauge(String name, String help, ToDoubleFunction<Status> value) {
        Gauge.builder(name, this, metrics -> metrics.now(value))
                .description(help)
                .register(registry);
    }

    private void counter(String name, String help, ToDoubleFunction<Status> value) {
        FunctionCounter.builder(name, this, metrics -> metrics.now(value))
                .description(help)
                .register(registry);
    }

    private double now(ToDoubleFunction<Status> value) {
        Status known = status;
        return known == null ? Double.NaN : value.applyAsDouble(known);
    }

    private MultiGauge gauges(String name, String help) {
        return MultiGauge.builder(name).description(help).register(registry);
    }

    private static double pendingAge(Status s) {
        return s.sequencer().oldestPendingAt() == null
                ? 0
                : seconds(s.sequencer().oldestPendingAt(), s);
    }

    private static double requestAge(Status s) {
        return s.poller().oldestCreatedAt() == null ? 0 : seconds(s.poller().oldestCreatedAt(), s);
    }

    private static double seconds(java.time.OffsetDateTime since, Status s) {
        return Math.max(0, java.time.Duration.between(since, s.generatedAt()).toMillis() / 1000.0);
    }

    /**
     * Reads the status from the source.
     *
     * @throws SQLException if it does not answer; meters keep their values
     */
    public synchronized void refresh() throws SQLException {
        Map<String, Long> bytes = operations.changeTableBytes();
        Status now = operations.status(LITTLE);
        status = now;
        requests.register(
                List.of(
                        row("state", "pending", now.poller().pending()),
                        row("state", "in_flight", now.poller().inFlight()),
                        row("state", "stale", now.poller().stale()),
                        row("state", "dead", now.poller().dead())),
                true);
        targets.register(
                List.of(
                        row("status", "ok", now.totals().ok()),
                        row("status", "error", now.totals().failing()),
                        row("status", "paused", now.totals().paused()),
                        row("status", "copying", now.totals().copying())),
                true);
        fuses.register(
                List.of(
                        row("stage", "sequencer", now.sequencer().enabled() ? 1 : 0),
                        row("stage", "poller", now.poller().enabled() ? 1 : 0)),
                true);
        each(
                backlog,
                "mapping",
                now.syncEngine().mappings(),
                Status.MappingStatus::name,
                Status.MappingStatus::backlog);
        each(lag, "mapping", now.syncEngine().mappings(), Status.MappingStatus::name, m -> m.lagMs() / 1000.0);
        List<Status.Table> roots = now.sequencer().tables().stream()
                .filter(table -> table.kind().equals("root"))
                .toList();
        each(pending, "table", roots, Status.Table::table, Status.Table::pending);
        each(entries, "table", roots, Status.Table::table, Status.Table::entries);
        each(changeTables, "table", List.copyOf(bytes.entrySet()), Map.Entry::getKey, Map.Entry::getValue);
        brought();
    }

    /** Counters of the mappings that this runtime has delivered rows of. */
    private void brought() {
        for (String mapping : operations.brought().keySet()) {
            if (counted.add(mapping)) {
                FunctionCounter.builder(
                                "tideline.rows.brought",
                                operations,
                                source -> source.brought().getOrDefault(mapping, 0L))
                        .description("Rows written to external databases by this process, by mapping")
                        .tags("mapping", mapping)
                        .register(registry);
            }
        }
    }

    private static <T> void each(
            MultiGauge gauges, String label, List<T> rows, Function<T, String> name, ToDoubleFunction<T> value) {
        gauges.register(
                rows.stream()
                        .map(r -> (MultiGauge.Row<?>) row(label, name.apply(r), value.applyAsDouble(r)))
                        .toList(),
                true);
    }

    private static MultiGauge.Row<Number> row(String label, String name, double value) {
        return MultiGauge.Row.of(Tags.of(label, name), value);
    }
}
