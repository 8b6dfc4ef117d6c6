package dev.tideline.sync.plan;

import dev.tideline.sync.apply.TableShape;
import dev.tideline.sync.capture.CapturePlan;
import dev.tideline.sync.capture.InstalledLayout;
import dev.tideline.sync.capture.InstalledStream;
import dev.tideline.sync.capture.Layout;
import dev.tideline.sync.capture.MappingDetails;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.engine.PublicAddress;
import dev.tideline.sync.fetch.RowQuery;
import dev.tideline.sync.jdbc.PostgresConnections;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.plan.InstallPlan.Action;
import dev.tideline.sync.plan.InstallPlan.MappingInTarget;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Works out what becomes of one external database, in a transaction of it that is rolled back. Safe for many threads. */
final class TargetPlanner {

    private static final Pattern PLAN_ROWS = Pattern.compile(" rows=(\\d+) ");

    private final SyncPlan plan;
    private final SourceDatabase source;
    private final Optional<InstalledLayout> before;

    TargetPlanner(SyncPlan plan, SourceDatabase source, Optional<InstalledLayout> before) {
        this.plan = plan;
        this.source = source;
        this.before = before;
    }

    int workers() {
        return plan.config().sync().workers();
    }

    /** What a target's metadata says of a mapping. */
    private record Known(String tenant, String table, String definition, String copying, long cursor) {}

    InstallPlan.Target plan(dev.tideline.sync.target.ExternalDatabase database) throws SQLException {
        PostgresUrl url;
        try {
            url = PostgresUrl.parse(database.url() == null ? "" : database.url());
        } catch (ConfigException e) {
            return new InstallPlan.Target(
                    database.tenant(), database.name(), "", e.problems().get(0).what(), List.of());
        }
        try (Connection target = PostgresConnections.open(
                        plan.config().externalDatabases().allowPrivate() ? url : PublicAddress.of(url),
                        "tideline-plan");
                Connection here = source.connection()) {
            target.setAutoCommit(false);
            String schema = Optional.ofNullable(url.properties().get("currentSchema"))
                    .orElse(Jdbc.one(target, "SELECT coalesce(current_schema()::text, 'public')", r -> r.getString(1)));
            Map<String, Known> known = known(target, schema);
            for (Known other : known.values()) {
                if (!other.tenant().equals(database.tenant())) {
                    return new InstallPlan.Target(
                            database.tenant(),
                            database.name(),
                            url.redacted(),
                            "this database has the rows of tenant " + other.tenant() + " in schema " + schema,
                            List.of());
                }
            }
            List<MappingInTarget> mappings = new ArrayList<>();
            for (Mapping mapping : plan.mappings()) {
                mappings.add(new OneMapping(here, target, schema, known, mapping, database.tenant()).plan());
            }
            known.forEach((name, left) -> {
                if (plan.mappings().stream().noneMatch(mapping -> mapping.name().equals(name))) {
                    mappings.add(removed(name, left));
                }
            });
            target.rollback();
            return new InstallPlan.Target(database.tenant(), database.name(), url.redacted(), null, mappings);
        } catch (SQLException e) {
            return new InstallPlan.Target(
                    database.tenant(),
                    database.name(),
                    url.redacted(),
                    ConnectionFailure.of(url, e).message(),
                    List.of());
        }
    }

    private static Map<String, Known> known(Connection target, String schema) throws SQLException {
        String table = Sql.identifier(schema) + ".tideline_sync_metadata";
        Map<String, Known> known = new TreeMap<>();
        if (Jdbc.one(target, "SELECT to_regclass(?) IS NOT NULL", row -> row.getBoolean(1), table)) {
            Jdbc.list(
                    target,
                    "SELECT mapping_name, tenant, table_name, definition, copy_definition, last_synced_sequence_id FROM "
                            + table,
                    row -> known.put(
                            row.getString(1),
                            new Known(
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getLong(6))));
        }
        return known;
    }

    private static MappingInTarget removed(String name, Known left) {
        return new MappingInTarget(
                name,
                left.table() == null ? "" : left.table(),
                Action.LEAVE,
                0,
                List.of("the mapping is not configured any more"),
                List.of(),
                left.table() == null ? List.of() : List.of(stays(left.table())),
                null);
    }

    private static String stays(String table) {
        return "table " + table + " stays as it is and is not kept up any more; to remove it, run there: DROP TABLE "
                + table;
    }

    /** One mapping in one target. */
    private final class OneMapping {

        private final Connection source;
        private final Connection target;
        private final String schema;
        private final Map<String, Known> known;
        private final Mapping mapping;
        private final String tenant;

        OneMapping(
                Connection source,
                Connection target,
                String schema,
                Map<String, Known> known,
                Mapping mapping,
                String tenant) {
            this.source = source;
            this.target = target;
            this.schema = schema;
            this.known = known;
            this.mapping = mapping;
            this.tenant = tenant;
        }

        MappingInTarget plan() throws SQLException {
            String table = mapping.target().inSchema(schema).sql();
            boolean ours = known.values().stream().anyMatch(k -> table.equals(k.table()));
            Known state = known.get(mapping.name());
            boolean filling = state != null && state.definition() == null && state.cursor() < 0;
            TableShape shape = TableShape.of(target, mapping, schema, ours, filling);
            List<String> because = new ArrayList<>();
            Action action = action(state, shape, ours, because);
            return new MappingInTarget(
                    mapping.name(),
                    shape.name().toString(),
                    action,
                    action == Action.FOLLOW || action == Action.FAIL ? 0 : rows(),
                    because,
                    shape.alterations().stream()
                            .map(TableShape.Alteration::words)
                            .toList(),
                    left(state, table),
                    shape.problem().orElse(null));
        }

        private Action action(Known state, TableShape shape, boolean ours, List<String> because) throws SQLException {
            if (shape.problem().isPresent()) {
                return Action.FAIL;
            }
            Optional<InstalledStream> stream = before.flatMap(layout -> layout.rootStream(mapping));
            boolean there =
                    shape.exists() && state != null && shape.name().sql().equals(state.table());
            if (there && stream.isPresent() && shape.alterations().isEmpty()) {
                String wanted =
                        Layout.definition(mapping) + "/" + stream.get().incarnation() + "/" + epoch(stream.get());
                if (wanted.equals(state.copying())) {
                    return Action.GO_ON_COPYING;
                }
                if (state.copying() == null
                        && wanted.equals(state.definition())
                        && state.cursor() >= CapturePlan.collected(source, stream.get(), tenant)) {
                    return Action.FOLLOW;
                }
            }
            if (state != null && state.table() != null) {
                reasons(state, shape, stream, because);
            }
            return shape.exists() && ours ? Action.COPY_AGAIN : Action.FILL;
        }

        private long epoch(InstalledStream stream) throws SQLException {
            return CapturePlan.epoch(source, stream) + (CapturePlan.missed(source, stream) ? 1 : 0);
        }

        private void reasons(Known state, TableShape shape, Optional<InstalledStream> stream, List<String> because)
                throws SQLException {
            String digest = state.definition() == null ? "" : state.definition().split("/")[0];
            Optional<MappingDetails> installed = installed(digest);
            if (!digest.equals(Layout.definition(mapping))) {
                because.addAll(installed
                        .map(details -> MappingDetails.of(mapping).changesSince(details))
                        .orElse(List.of("the mapping is not what its rows were made with")));
            } else if (!shape.exists() || !shape.alterations().isEmpty()) {
                because.add("somebody dropped or changed the table there");
            } else if (stream.isEmpty()) {
                because.add("its table is captured anew");
            } else if (CapturePlan.missed(source, stream.get())) {
                because.add("changes of its table went by while its triggers were not in place");
            } else {
                because.add("changes went by unseen, or it was away for too long");
            }
        }

        /** The mapping as it was installed, if that is what the target's rows were made with. */
        private Optional<MappingDetails> installed(String digest) {
            return before.map(layout -> layout.mappings().get(mapping.name()))
                    .filter(m -> m.definition().equals(digest))
                    .flatMap(m -> m.details());
        }

        private List<String> left(Known state, String table) {
            List<String> left = new ArrayList<>();
            if (state == null || state.table() == null) {
                return left;
            }
            if (!state.table().equals(table)) {
                left.add(stays(state.table()));
                return left;
            }
            String digest = state.definition() == null ? "" : state.definition().split("/")[0];
            installed(digest)
                    .map(details -> MappingDetails.of(mapping).columnsLostSince(details))
                    .orElse(List.of())
                    .forEach(column ->
                            left.add("column " + column + " keeps the values that it has; to remove it, run there:"
                                    + " ALTER TABLE " + table + " DROP COLUMN " + Sql.identifier(column)));
            return left;
        }

        private long rows() throws SQLException {
            String first = Jdbc.one(
                    source,
                    "EXPLAIN SELECT 1 FROM ("
                            + new RowQuery(mapping).row(tenant, "true").replace("?", "??") + "\n) s",
                    row -> row.getString(1));
            Matcher found = PLAN_ROWS.matcher(first);
            return found.find() ? Long.parseLong(found.group(1)) : 0;
        }
    }
}
