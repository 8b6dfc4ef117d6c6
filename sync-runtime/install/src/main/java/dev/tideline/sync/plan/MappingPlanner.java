package dev.tideline.sync.plan;

import dev.tideline.sync.apply.TableShape;
import dev.tideline.sync.capture.CapturePlan;
import dev.tideline.sync.fetch.FetchException;
import dev.tideline.sync.fetch.RowQuery;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Layout;
import dev.tideline.sync.layout.MappingDetails;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.plan.InstallPlan.Action;
import dev.tideline.sync.plan.InstallPlan.MappingInTarget;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plans one mapping in one target. Uses one transaction at each end; changes nothing.
 *
 * @param before what is installed
 * @param known what the target has, by mapping
 * @param mapped the tables of all mappings without a filter, quoted
 */
record MappingPlanner(
        Optional<InstalledLayout> before,
        Connection source,
        Connection target,
        String schema,
        TargetRights rights,
        Map<String, KnownMapping> known,
        Mapping mapping,
        String tenant,
        Set<String> mapped) {

    /** A smaller number of rows is counted instead of estimated. */
    private static final int FEW = 1000;

    private static final Pattern PLAN_ROWS = Pattern.compile(" rows=(\\d+) ");

    MappingInTarget plan() throws SQLException {
        String table = mapping.target().inSchema(schema).sql();
        boolean ours = known.values().stream().anyMatch(k -> table.equals(k.table()));
        KnownMapping state = known.get(mapping.name());
        boolean filling = state != null && state.definition() == null && state.cursor() < 0;
        TableShape shape = TableShape.of(target, mapping, schema, ours, filling, mapped);
        List<String> because = new ArrayList<>();
        Optional<String> problem = shape.problem().or(() -> shape.exists() ? Optional.empty() : rights.creating());
        Action action = problem.isPresent() ? Action.FAIL : action(state, shape, ours, because);
        return new MappingInTarget(
                mapping.name(),
                shape.name().toString(),
                action,
                action == Action.FOLLOW || action == Action.FAIL ? 0 : rows(),
                because,
                shape.alterations().stream().map(TableShape.Alteration::words).toList(),
                left(state, table),
                problem.orElse(null));
    }

    private Action action(KnownMapping state, TableShape shape, boolean ours, List<String> because)
            throws SQLException {
        Optional<InstalledStream> stream = before.flatMap(layout -> layout.rootStream(mapping));
        boolean exists = shape.exists() && state != null && shape.name().sql().equals(state.table());
        if (exists && stream.isPresent() && shape.alterations().isEmpty()) {
            String wanted = Layout.definition(mapping) + "/" + stream.get().incarnation() + "/" + epoch(stream.get());
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

    private void reasons(KnownMapping state, TableShape shape, Optional<InstalledStream> stream, List<String> because)
            throws SQLException {
        String digest = state.digest();
        Optional<MappingDetails> installed = installed(digest);
        if (!digest.equals(Layout.definition(mapping))) {
            because.addAll(installed
                    .map(details -> MappingDetails.of(mapping).changesSince(details))
                    .orElse(List.of("the mapping has changed since its rows were copied")));
        } else if (!shape.exists() || !shape.alterations().isEmpty()) {
            because.add("somebody dropped or changed the table at the target");
        } else if (stream.isEmpty()) {
            because.add("its table is captured again");
        } else if (CapturePlan.missed(source, stream.get())) {
            because.add("changes of its table were missed while its triggers were not in place");
        } else {
            because.add("changes were missed, or it was away for too long");
        }
    }

    /** The mapping as it was installed, if the target's rows have this definition. */
    private Optional<MappingDetails> installed(String digest) {
        return before.map(layout -> layout.mappings().get(mapping.name()))
                .filter(m -> m.definition().equals(digest))
                .flatMap(m -> m.details());
    }

    private List<String> left(KnownMapping state, String table) {
        List<String> left = new ArrayList<>();
        if (state == null || state.table() == null) {
            return left;
        }
        if (!state.table().equals(table)) {
            left.add(state.stays());
            return left;
        }
        String digest = state.digest();
        installed(digest)
                .map(details -> MappingDetails.of(mapping).columnsLostSince(details))
                .orElse(List.of())
                .forEach(column -> left.add("column " + column + " keeps its values; to remove it, run there:"
                        + " ALTER TABLE " + table + " DROP COLUMN " + Sql.identifier(column)));
        return left;
    }

    /** The planner's estimate is good for many rows, but not for two rows of a table that nobody analyzed. */
    private long rows() throws SQLException {
        String query = "SELECT 1 FROM (" + new RowQuery(mapping).row(tenant, "true") + "\n) s";
        try {
            Matcher found = PLAN_ROWS.matcher(Jdbc.oneAsWritten(source, "EXPLAIN " + query, row -> row.getString(1)));
            long estimate = found.find() ? Long.parseLong(found.group(1)) : 0;
            return estimate < FEW ? counted(query).orElse(estimate) : estimate;
        } catch (SQLException e) {
            throw FetchException.of(e);
        }
    }

    /** Empty if there are more than a few after all, or counting takes too long. */
    private Optional<Long> counted(String query) throws SQLException {
        source.setAutoCommit(false);
        try {
            Jdbc.execute(source, "SET LOCAL statement_timeout = '500ms'");
            long rows = Jdbc.oneAsWritten(
                    source, "SELECT count(*) FROM (" + query + " LIMIT " + FEW + ") few", row -> row.getLong(1));
            return rows < FEW ? Optional.of(rows) : Optional.empty();
        } catch (SQLException e) {
            return Optional.empty();
        } finally {
            source.rollback();
            source.setAutoCommit(true);
        }
    }
}
