package dev.tideline.sync.status;

import dev.tideline.sync.NotInstalledException;
import dev.tideline.sync.capture.CaptureWatch;
import dev.tideline.sync.capture.InstalledLayout;
import dev.tideline.sync.capture.InstalledStream;
import dev.tideline.sync.capture.Stream;
import dev.tideline.sync.dispatch.Claimant;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sequence.Sequencer;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.DirectoryRows;
import dev.tideline.sync.target.FaultyEntry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the status from the source. Used by one thread. */
public final class StatusReader {

    private final Connection source;

    /** @param source in autocommit mode */
    public StatusReader(Connection source) {
        this.source = source;
    }

    /**
     * Reads it.
     *
     * @param tenant only this one's targets and rows; null for all
     * @param limit targets on the page
     * @param offset targets before the page
     * @throws NotInstalledException if nothing is installed
     */
    public Status read(String tenant, int limit, int offset) throws SQLException {
        InstalledLayout layout = NotInstalledException.required(source);
        Map<String, InstalledStream> roots = roots(layout);
        List<Status.Target> faulty = faulty(layout, tenant);
        List<Status.Target> targets = new ArrayList<>(offset == 0 ? faulty : List.of());
        targets.addAll(targets(roots, tenant, limit, offset));
        return new Status(
                sequencer(),
                poller(),
                capture(layout),
                mappings(roots, tenant),
                Jdbc.one(
                        source,
                        SqlTemplate.text("6-status/totals"),
                        row -> new Status.Totals(
                                row.getLong(1) + faulty.size(),
                                row.getLong(2),
                                row.getLong(3) + faulty.size(),
                                row.getLong(4),
                                row.getLong(5)),
                        tenant,
                        tenant,
                        tenant,
                        tenant),
                targets);
    }

    /** Rows of the table of external databases that name none. */
    private List<Status.Target> faulty(InstalledLayout layout, String tenant) throws SQLException {
        List<Status.Target> faulty = new ArrayList<>();
        for (InstalledStream directory : layout.streams()) {
            if (directory.stream().kind() == Stream.Kind.DIRECTORY) {
                for (FaultyEntry fault : DirectoryRows.read(
                                source, directory.stream().table().sql(), layout.tenantColumns())
                        .faults()) {
                    if (tenant == null || tenant.equals(fault.tenant())) {
                        faulty.add(new Status.Target(
                                fault.tenant(), fault.name(), "error", null, fault.problem(), 0, null, List.of()));
                    }
                }
            }
        }
        return faulty;
    }

    private Status.Sequencer sequencer() throws SQLException {
        List<Status.RefusedTenant> refused = Jdbc.list(
                source,
                SqlTemplate.text("6-status/refused-tenants"),
                row -> new Status.RefusedTenant(
                        new TableName(row.getString(1), row.getString(2)).toString(),
                        row.getString(3),
                        row.getInt(4),
                        row.getLong(5),
                        row.getObject(6, OffsetDateTime.class)));
        return Jdbc.one(
                source,
                SqlTemplate.text("6-status/sequencer"),
                row -> new Status.Sequencer(
                        row.getBoolean(1),
                        row.getBoolean(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class),
                        row.getLong(5),
                        row.getLong(6),
                        refused),
                Sequencer.LOCK_KEY);
    }

    private Status.Poller poller() throws SQLException {
        int runtimes = Claimant.alive(source);
        return Jdbc.one(
                source,
                SqlTemplate.text("6-status/poller"),
                row -> new Status.Poller(
                        row.getBoolean(1),
                        runtimes,
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getObject(6, Double.class)));
    }

    /** Looked at anew, since no runtime may be at work; what the last one knew is asked for when it began. */
    private List<Status.Capture> capture(InstalledLayout layout) throws SQLException {
        record Recorded(String trouble, OffsetDateTime since, String because, OffsetDateTime at) {}
        Map<Integer, Recorded> recorded = new HashMap<>();
        Jdbc.list(
                source,
                SqlTemplate.text("6-status/capture"),
                row -> recorded.put(
                        row.getInt(1),
                        new Recorded(
                                row.getString(2),
                                row.getObject(3, OffsetDateTime.class),
                                row.getString(4),
                                row.getObject(5, OffsetDateTime.class))));
        Map<Integer, String> troubles = CaptureWatch.troubles(source, layout);
        List<Status.Capture> capture = new ArrayList<>();
        for (InstalledStream installed : layout.streams()) {
            Recorded last = recorded.getOrDefault(installed.id(), new Recorded(null, null, null, null));
            Stream stream = installed.stream();
            capture.add(new Status.Capture(
                    stream.table().toString(),
                    stream.kind().text(),
                    stream.columnNames(),
                    last.trouble() != null ? last.trouble() : troubles.get(installed.id()),
                    last.since(),
                    last.because(),
                    last.at()));
        }
        return capture;
    }

    private Map<String, InstalledStream> roots(InstalledLayout layout) throws SQLException {
        Map<String, InstalledStream> roots = new LinkedHashMap<>();
        Jdbc.list(
                source,
                "SELECT name, stream_id FROM tideline.mapping ORDER BY name",
                row -> roots.put(row.getString(1), layout.stream(row.getInt(2))));
        return roots;
    }

    private List<Status.MappingStatus> mappings(Map<String, InstalledStream> roots, String tenant) throws SQLException {
        List<Status.MappingStatus> mappings = new ArrayList<>();
        for (Map.Entry<String, InstalledStream> mapping : roots.entrySet()) {
            InstalledStream root = mapping.getValue();
            mappings.add(Jdbc.one(
                    source,
                    SqlTemplate.of("6-status/mapping")
                            .with("table", Sql.literal(root.stream().table().sql()))
                            .with("ledger", root.ledger())
                            .fill(),
                    row -> new Status.MappingStatus(
                            mapping.getKey(),
                            root.stream().table().toString(),
                            row.getLong(1),
                            row.getLong(2),
                            row.getObject(3, Long.class),
                            row.getObject(4, Long.class)),
                    tenant,
                    tenant));
        }
        return mappings;
    }

    private record Reported(
            String tenant,
            String target,
            String mapping,
            String address,
            Long cursor,
            long copied,
            String error,
            int failures,
            OffsetDateTime retryAt,
            OffsetDateTime updatedAt,
            long parked,
            boolean paused) {

        static Reported of(ResultSet row) throws SQLException {
            return new Reported(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getObject(5, Long.class),
                    row.getLong(6),
                    row.getString(7),
                    row.getInt(8),
                    row.getObject(9, OffsetDateTime.class),
                    row.getObject(10, OffsetDateTime.class),
                    row.getLong(11),
                    row.getBoolean(12));
        }
    }

    private List<Status.Target> targets(Map<String, InstalledStream> roots, String tenant, int limit, int offset)
            throws SQLException {
        Map<List<String>, List<Reported>> byTarget = new LinkedHashMap<>();
        Jdbc.list(
                        source,
                        SqlTemplate.text("6-status/targets"),
                        Reported::of,
                        tenant,
                        tenant,
                        tenant,
                        tenant,
                        limit,
                        offset)
                .forEach(r -> byTarget.computeIfAbsent(List.of(r.tenant(), r.target()), key -> new ArrayList<>())
                        .add(r));
        List<Status.Target> targets = new ArrayList<>();
        for (List<Reported> reported : byTarget.values()) {
            targets.add(target(roots, reported));
        }
        return targets;
    }

    private Status.Target target(Map<String, InstalledStream> roots, List<Reported> reported) throws SQLException {
        List<Status.TargetMapping> mappings = new ArrayList<>();
        boolean copying = false;
        for (Reported r : reported) {
            InstalledStream root = roots.get(r.mapping());
            if (root != null) {
                copying |= r.copied() > 0;
                mappings.add(new Status.TargetMapping(
                        r.mapping(), r.cursor(), backlog(root, r), r.copied(), r.parked(), r.error(), r.updatedAt()));
            }
        }
        Reported worst =
                reported.stream().filter(r -> r.error() != null).findFirst().orElse(reported.get(0));
        String status = worst.paused() ? "paused" : worst.error() != null ? "error" : copying ? "copying" : "ok";
        return new Status.Target(
                worst.tenant(),
                worst.target(),
                status,
                worst.address(),
                worst.error(),
                worst.failures(),
                worst.retryAt(),
                mappings);
    }

    private Long backlog(InstalledStream root, Reported reported) throws SQLException {
        return reported.cursor() == null
                ? null
                : Jdbc.one(
                        source,
                        SqlTemplate.of("6-status/backlog")
                                .with("ledger", root.ledger())
                                .fill(),
                        row -> row.getLong(1),
                        reported.tenant(),
                        reported.cursor());
    }
}
