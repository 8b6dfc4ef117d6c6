package dev.tideline.sync.status;

import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one page of the external databases. Only those that may be behind are asked how far; few entries are counted,
 * and large numbers are as last measured. Used by one thread.
 */
record TargetPageReader(Connection source, InstalledLayout layout, Summary summary, PageStarts starts) {

    /** The most entries that are counted behind one cursor. */
    private static final int COUNTED = 100;

    /**
     * The approximate number of entries counted for a whole page; in a large ledger each may be on a different disk
     * page.
     */
    private static final int COUNTED_IN_ALL = 500;

    private record Reported(
            String tenant,
            String target,
            String mapping,
            String address,
            Long cursor,
            long copied,
            String error,
            OffsetDateTime errorSince,
            int failures,
            OffsetDateTime retryAt,
            OffsetDateTime updatedAt,
            long parked,
            OffsetDateTime pausedSince,
            boolean mayBeBehind,
            Long keptBacklog) {

        /**
         * Whether at least this many entries were behind its cursor when last measured, so that they need not be
         * counted.
         */
        boolean isKnownToLack(int entries) {
            return keptBacklog != null && keptBacklog >= entries;
        }

        static Reported of(ResultSet row) throws SQLException {
            return new Reported(
                    row.getString("tenant"),
                    row.getString("target"),
                    row.getString("mapping_name"),
                    row.getString("address"),
                    row.getObject("last_synced_sequence_id", Long.class),
                    row.getLong("copied_rows"),
                    row.getString("error"),
                    row.getObject("error_since", OffsetDateTime.class),
                    row.getInt("failures"),
                    row.getObject("retry_at", OffsetDateTime.class),
                    row.getObject("updated_at", OffsetDateTime.class),
                    row.getLong("parked"),
                    row.getObject("paused_since", OffsetDateTime.class),
                    row.getBoolean("may_be_behind"),
                    row.getObject("kept_backlog", Long.class));
        }
    }

    private record Named(String tenant, String target, long found) {}

    /**
     * @param found number on all pages
     */
    record Found(List<Status.Target> targets, long found) {}

    Found read(StatusQuery query) throws SQLException {
        List<Named> page = query.looksAtAll() ? found(query) : byName(query);
        return new Found(targets(page), page.isEmpty() ? 0 : page.get(0).found());
    }

    private List<Named> byName(StatusQuery query) throws SQLException {
        long all = summary.totals().targets();
        Jdbc.RowMapper<Named> named = row -> new Named(row.getString(1), row.getString(2), all);
        if (query.tenant() != null) {
            return Jdbc.list(
                    source,
                    SqlTemplate.text("6-status/page-of-tenant"),
                    named,
                    query.tenant(),
                    query.tenant(),
                    query.size(),
                    query.offset());
        }
        PageStarts.Start start = starts.of(query.offset());
        return Jdbc.list(
                source,
                SqlTemplate.text("6-status/page-by-name"),
                named,
                start.tenant(),
                start.target(),
                start.tenant(),
                start.target(),
                query.size(),
                query.offset() - start.passed());
    }

    private List<Named> found(StatusQuery query) throws SQLException {
        return Jdbc.list(
                source,
                SqlTemplate.text("6-status/page-found"),
                row -> new Named(row.getString(1), row.getString(2), row.getLong(3)),
                query.tenant(),
                query.search(),
                query.state(),
                query.order(),
                query.descending(),
                query.size(),
                query.offset());
    }

    private List<Status.Target> targets(List<Named> page) throws SQLException {
        Map<List<String>, List<Reported>> byTarget = new LinkedHashMap<>();
        Jdbc.list(
                        source,
                        SqlTemplate.text("6-status/targets"),
                        Reported::of,
                        page.stream().map(Named::tenant).toList(),
                        page.stream().map(Named::target).toList())
                .forEach(r -> byTarget.computeIfAbsent(List.of(r.tenant(), r.target()), key -> new ArrayList<>())
                        .add(r));
        Map<Reported, Behind> behind =
                behind(byTarget.values().stream().flatMap(List::stream).toList());
        return byTarget.values().stream()
                .map(reported -> target(reported, behind))
                .toList();
    }

    private Status.Target target(List<Reported> reported, Map<Reported, Behind> behind) {
        List<Status.TargetMapping> mappings = new ArrayList<>();
        boolean copying = false;
        for (Reported r : reported) {
            if (layout.mappings().containsKey(r.mapping())) {
                copying |= r.copied() > 0;
                mappings.add(mapping(r, behind.get(r)));
            }
        }
        Reported worst =
                reported.stream().filter(r -> r.error() != null).findFirst().orElse(reported.get(0));
        boolean paused = worst.pausedSince() != null;
        return new Status.Target(
                worst.tenant(),
                worst.target(),
                paused ? "paused" : worst.error() != null ? "error" : copying ? "copying" : "ok",
                worst.error(),
                paused ? worst.pausedSince() : worst.errorSince(),
                worst.address(),
                worst.failures(),
                worst.retryAt(),
                worst.updatedAt(),
                mappings.stream().mapToLong(Status.TargetMapping::parked).sum(),
                mappings);
    }

    /**
     * @param more whether there may be others that were not counted
     */
    private record Behind(long entries, boolean more, OffsetDateTime since) {}

    private Status.TargetMapping mapping(Reported r, Behind behind) {
        boolean more = behind != null && behind.more();
        // Everything that is sequenced and not behind the cursor has arrived.
        OffsetDateTime arrived = summary.oldestPending() == null ? summary.now() : summary.oldestPending();
        OffsetDateTime through = behind == null ? null : behind.since() == null ? arrived : behind.since();
        return new Status.TargetMapping(
                r.mapping(),
                r.cursor(),
                r.updatedAt(),
                through,
                behind == null
                        ? null
                        : (Long) Math.max(behind.entries(), more && r.keptBacklog() != null ? r.keptBacklog() : 0),
                more && r.keptBacklog() == null,
                behind == null ? null : (Long) SummaryReader.age(behind.since(), summary.now()),
                r.copied(),
                r.parked(),
                r.error());
    }

    /** How far those with a cursor are behind. */
    private Map<Reported, Behind> behind(List<Reported> page) throws SQLException {
        Map<Reported, Behind> behind = new HashMap<>();
        Map<InstalledStream, List<Reported>> suspects = new HashMap<>();
        for (Reported r : page) {
            if (r.cursor() != null && layout.mappings().containsKey(r.mapping())) {
                if (r.mayBeBehind()) {
                    InstalledStream root = layout.stream(layout.mappings().get(r.mapping()).stream());
                    suspects.computeIfAbsent(root, key -> new ArrayList<>()).add(r);
                } else {
                    behind.put(r, new Behind(0, false, null));
                }
            }
        }
        int counted = suspects.values().stream().mapToInt(List::size).sum();
        int most = Math.max(COUNTED / 10, Math.min(COUNTED, COUNTED_IN_ALL / Math.max(1, counted)));
        for (Map.Entry<InstalledStream, List<Reported>> of : suspects.entrySet()) {
            Iterator<Reported> each = of.getValue().iterator();
            Jdbc.list(
                            source,
                            SqlTemplate.of("6-status/behind")
                                    .with("ledger", of.getKey().ledger())
                                    .fill(),
                            row -> new Behind(
                                    row.getLong(1), row.getBoolean(2), row.getObject(3, OffsetDateTime.class)),
                            of.getValue().stream().map(Reported::tenant).toList(),
                            of.getValue().stream()
                                    .map(r -> String.valueOf(r.cursor()))
                                    .toList(),
                            of.getValue().stream()
                                    .map(r -> String.valueOf(r.isKnownToLack(most) ? 1 : most))
                                    .toList())
                    .forEach(found -> behind.put(each.next(), found));
        }
        return behind;
    }
}
