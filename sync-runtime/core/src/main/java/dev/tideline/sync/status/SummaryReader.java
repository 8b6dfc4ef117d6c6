package dev.tideline.sync.status;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.dispatch.Claimant;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.request.WebhookState;
import dev.tideline.sync.sequence.Sequencer;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the totals of the whole pipeline without counting any ledger. Used by one thread.
 *
 * @param tenant whose targets and backlog are summed up; null for all
 */
record SummaryReader(Connection source, String tenant) {

    /** The most requests that are counted. */
    private static final int REQUESTS = 100_000;

    /** Milliseconds that a webhook may be behind before it needs attention. */
    private static final long WEBHOOK_LAGS = 60_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Passes(boolean running, long lastSequenceId, OffsetDateTime at, long fanOuts, OffsetDateTime now) {}

    private record Kept(int stream, String kind, Status.Table table, long removed) {}

    private record Live(Status.Process process, OffsetDateTime leadingSince, Summary.Work work) {}

    private record Behind(String mapping, int stream, long backlog, OffsetDateTime since) {}

    Summary read(Troubles troubles) throws SQLException {
        Passes passes = Jdbc.one(
                source,
                SqlTemplate.text("6-status/sequencer"),
                row -> new Passes(
                        row.getBoolean(1),
                        row.getLong(2),
                        row.getObject(3, OffsetDateTime.class),
                        row.getLong(4),
                        row.getObject(5, OffsetDateTime.class)),
                Sequencer.LOCK_KEY);
        Pending pending = Pending.read(source);
        List<Kept> tables = tables(pending);
        List<Live> live = live();
        Integer leader = leader(live, passes.running());
        List<Status.Fuse> fuses = fuses();
        List<Status.MappingStatus> mappings = mappings(tables, pending, passes.now());
        return new Summary(
                passes.now(),
                pending.oldest(),
                install(),
                sequencer(passes, pending, tables, leader, fuses, refusedTenants()),
                poller(fuses),
                webhooks(passes.now()),
                mappings,
                totals(mappings, troubles),
                fuses,
                live.stream()
                        .map(l -> leading(l.process(), l.process().number() == (leader == null ? 0 : leader)))
                        .toList(),
                work(live),
                tables.stream().mapToLong(t -> t.table().changes()).sum(),
                troubles);
    }

    /** The same with the targets and backlog of one tenant. */
    Summary narrowed(Summary all) throws SQLException {
        Map<String, Behind> behind = new HashMap<>();
        behind().forEach(b -> behind.put(b.mapping(), b));
        List<Status.MappingStatus> mappings = all.mappings().stream()
                .filter(m -> behind.containsKey(m.name()))
                .map(m -> m.behind(
                        behind.get(m.name()).backlog(), age(behind.get(m.name()).since(), all.now())))
                .toList();
        return all.narrowed(mappings, totals(mappings, all.troubles()));
    }

    private Status.Install install() throws SQLException {
        return Jdbc.one(
                source,
                SqlTemplate.text("6-status/install"),
                row -> new Status.Install(row.getString(1), row.getInt(2)));
    }

    private static Status.Sequencer sequencer(
            Passes passes,
            Pending pending,
            List<Kept> tables,
            Integer leader,
            List<Status.Fuse> fuses,
            List<Status.RefusedTenant> refused) {
        List<Status.DeletedFrom> deleted = tables.stream()
                .filter(t -> t.kind().equals("root"))
                .map(t -> new Status.DeletedFrom(t.table().table(), t.removed()))
                .toList();
        return new Status.Sequencer(
                fuses.stream().noneMatch(f -> f.name().equals("sequencer") && !f.enabled()),
                passes.running(),
                leader,
                passes.lastSequenceId(),
                passes.at(),
                pending.total(),
                pending.estimated(),
                pending.oldest(),
                passes.fanOuts(),
                null,
                null,
                null,
                tables.stream().map(Kept::table).toList(),
                new Status.DeletedRows(
                        deleted.stream().mapToLong(Status.DeletedFrom::total).sum(), deleted),
                refused);
    }

    private List<Status.RefusedTenant> refusedTenants() throws SQLException {
        return Jdbc.list(
                source,
                SqlTemplate.text("6-status/refused-tenants"),
                row -> new Status.RefusedTenant(
                        new TableName(row.getString(1), row.getString(2)).toString(),
                        row.getString(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getObject(6, OffsetDateTime.class)));
    }

    private List<Kept> tables(Pending pending) throws SQLException {
        return Jdbc.list(source, SqlTemplate.text("6-status/tables"), row -> {
            int stream = row.getInt("stream_id");
            String schema = row.getString("table_schema");
            String name = row.getString("table_name");
            return new Kept(
                    stream,
                    row.getString("kind"),
                    new Status.Table(
                            schema.equals("public") ? name : schema + "." + name,
                            row.getString("kind"),
                            row.getLong("rows_estimate"),
                            pending.of(stream),
                            row.getLong("changes"),
                            row.getLong("entries"),
                            row.getObject("min_sequence_id", Long.class),
                            row.getObject("max_sequence_id", Long.class)),
                    row.getLong("removed"));
        });
    }

    private Status.Poller poller(List<Status.Fuse> fuses) throws SQLException {
        int runtimes = Claimant.alive(source);
        return Jdbc.one(
                source,
                SqlTemplate.text("6-status/poller"),
                row -> new Status.Poller(
                        fuses.stream().noneMatch(f -> f.name().equals("poller") && !f.enabled()),
                        runtimes,
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getObject(6, OffsetDateTime.class),
                        row.getObject(7, OffsetDateTime.class),
                        null,
                        null,
                        null),
                REQUESTS);
    }

    private List<Status.Webhook> webhooks(OffsetDateTime now) throws SQLException {
        List<Status.Webhook> webhooks = new ArrayList<>();
        for (WebhookState state : WebhookState.read(source)) {
            long lag = age(state.since(), now);
            webhooks.add(new Status.Webhook(
                    state.id(),
                    state.mapping(),
                    state.waiting(),
                    state.dead(),
                    lag,
                    lag > WEBHOOK_LAGS ? state.because() : null));
        }
        return webhooks;
    }

    private List<Status.MappingStatus> mappings(List<Kept> tables, Pending pending, OffsetDateTime now)
            throws SQLException {
        List<Status.MappingStatus> mappings = new ArrayList<>();
        for (Behind b : behind()) {
            Status.Table root = tables.stream()
                    .filter(t -> t.stream() == b.stream())
                    .findFirst()
                    .orElseThrow()
                    .table();
            mappings.add(new Status.MappingStatus(
                    b.mapping(),
                    root.table(),
                    root.minSequenceId(),
                    root.maxSequenceId(),
                    pending.of(b.stream()),
                    b.backlog(),
                    age(b.since(), now),
                    null,
                    null,
                    null));
        }
        return mappings;
    }

    private List<Behind> behind() throws SQLException {
        return Jdbc.list(
                source,
                SqlTemplate.text("6-status/mappings"),
                row -> new Behind(
                        row.getString(1), row.getInt(2), row.getLong(3), row.getObject(4, OffsetDateTime.class)),
                tenant,
                tenant);
    }

    static long age(OffsetDateTime since, OffsetDateTime now) {
        return since == null ? 0 : Math.max(0, Duration.between(since, now).toMillis());
    }

    private Status.Totals totals(List<Status.MappingStatus> mappings, Troubles troubles) throws SQLException {
        int faulty = troubles.faultyOf(tenant).size();
        long backlog =
                mappings.stream().mapToLong(Status.MappingStatus::backlog).sum();
        long lag =
                mappings.stream().mapToLong(Status.MappingStatus::lagMs).max().orElse(0);
        return Jdbc.one(
                source,
                SqlTemplate.text("6-status/totals"),
                row -> new Status.Totals(
                        row.getLong(1) + faulty,
                        row.getLong(2),
                        row.getLong(3) + faulty,
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        backlog,
                        lag),
                tenant);
    }

    private List<Status.Fuse> fuses() throws SQLException {
        return Jdbc.list(
                source,
                SqlTemplate.text("6-status/fuses"),
                row -> new Status.Fuse(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getObject(3, OffsetDateTime.class),
                        row.getString(4),
                        row.getString(5)));
    }

    private List<Live> live() throws SQLException {
        return Jdbc.list(
                source,
                SqlTemplate.text("6-status/processes"),
                row -> new Live(
                        new Status.Process(
                                row.getInt(1),
                                row.getString(2),
                                row.getLong(3),
                                row.getString(4),
                                row.getString(5),
                                row.getObject(6, OffsetDateTime.class),
                                false),
                        row.getObject(7, OffsetDateTime.class),
                        new Summary.Work(row.getLong(8), rows(row.getString(9)))),
                Claimant.LOCK_CLASS);
    }

    Map<Integer, Summary.Work> work() throws SQLException {
        return work(live());
    }

    private static Map<Integer, Summary.Work> work(List<Live> live) {
        Map<Integer, Summary.Work> work = new HashMap<>();
        live.forEach(l -> work.put(l.process().number(), l.work()));
        return work;
    }

    private static Map<String, Long> rows(String json) throws SQLException {
        try {
            return JSON.readValue(json, new TypeReference<Map<String, Long>>() {});
        } catch (JsonProcessingException e) {
            throw new SQLException("tideline.process.rows is no map of numbers", e);
        }
    }

    private static Integer leader(List<Live> live, boolean running) {
        return live.stream()
                .filter(l -> running && l.leadingSince() != null)
                .max((a, b) -> a.leadingSince().compareTo(b.leadingSince()))
                .map(l -> l.process().number())
                .orElse(null);
    }

    private static Status.Process leading(Status.Process p, boolean leading) {
        return new Status.Process(p.number(), p.host(), p.pid(), p.version(), p.role(), p.since(), leading);
    }
}
