package dev.tideline.sync.cli;

import dev.tideline.sync.config.ConfigPath;
import dev.tideline.sync.config.ExternalDatabasesConfig;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.install.Installation;
import dev.tideline.sync.mapping.SourceServer;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.mapping.UnindexedDependencies;
import dev.tideline.sync.mapping.UnwatchedTables;
import dev.tideline.sync.plan.InstallPlan;
import dev.tideline.sync.plan.Planner;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import dev.tideline.sync.target.FaultyEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Warnings about a configuration that is valid but will not work as intended, each with its place in the file. Used by
 * {@code check} and {@code install}. Changes nothing, in the source or elsewhere.
 */
final class ConfigurationWarnings {

    private static final String EXTERNAL = "external_databases";

    private final SyncPlan plan;
    private final List<Problem> all = new ArrayList<>();
    private final Map<InstallPlan.Target, List<Problem>> targets = new LinkedHashMap<>();

    private ConfigurationWarnings(SyncPlan plan) {
        this.plan = plan;
    }

    /**
     * Collects warnings.
     *
     * @param source outside a transaction; left as it was
     * @param most how many external databases to try; 0 for none
     * @throws SQLException if the source fails
     */
    static ConfigurationWarnings of(SyncPlan plan, SourceServer server, Connection source, int most)
            throws SQLException {
        ConfigurationWarnings warnings = new ConfigurationWarnings(plan);
        if (!server.supported()) {
            warnings.add(
                    "source.url",
                    "the source is Postgres " + server.version()
                            + "; Tideline is tested with 13 to 18. It may work, but is untested",
                    "");
        }
        if (Jdbc.one(source, "SHOW server_encoding", row -> row.getString(1)).equals("SQL_ASCII")) {
            warnings.add(
                    "source.url",
                    "the source's database has the encoding SQL_ASCII, which does not say how texts are encoded:"
                            + " Tideline reads them as UTF-8, and parks rows that are not",
                    "");
        }
        warnings.unreadColumns(source);
        warnings.all.addAll(UnwatchedTables.of(plan, source));
        warnings.all.addAll(UnindexedDependencies.of(plan, source));
        if (most > 0) {
            warnings.lookAtTargets(source, most);
        }
        return warnings;
    }

    /** All warnings, those about external databases last. */
    List<Problem> all() {
        return all;
    }

    /** The external databases that were tried, each with its warnings. */
    Map<InstallPlan.Target, List<Problem>> targets() {
        return targets;
    }

    /** The number of tried external databases with warnings. */
    long faultyTargets() {
        return targets.values().stream().filter(found -> !found.isEmpty()).count();
    }

    /** Whoever fills such a column expects it to have an effect, and rows would go to the wrong place. */
    private void unreadColumns(Connection source) throws SQLException {
        String table = plan.config().externalDatabases().table().orElse("");
        if (table.isEmpty()) {
            return;
        }
        for (String column : Jdbc.list(
                source,
                SqlTemplate.text("6-status/optional-columns"),
                row -> row.getString(1),
                TableName.parse(table).sql())) {
            add(
                    EXTERNAL + ".table",
                    "this version ignores the column \"" + column + "\" of " + table
                            + (column.equals("mappings")
                                    ? ": every external database gets every mapping"
                                    : ": certificates are verified with Java's trust store"),
                    "");
        }
    }

    private void lookAtTargets(Connection source, int most) throws SQLException {
        Planner.Targets found = Planner.targets(plan, most, Installation::schema);
        if (found.targets().isEmpty()) {
            add(EXTERNAL, "there is no enabled external database, so nothing will be synced yet", "");
        }
        if (found.notLookedAt() > 0) {
            add(
                    EXTERNAL,
                    "only " + most + " of " + (most + found.notLookedAt()) + " external databases were tried",
                    "See --targets.");
        }
        for (FaultyEntry fault : found.faults()) {
            add(EXTERNAL + ".table", "a row is left out: " + fault, "Correct it, or switch it off: enabled = false.");
        }
        for (Planner.Overlap overlap : found.overlapping()) {
            add(
                    EXTERNAL + ".table",
                    overlap.one() + " and " + overlap.other() + " are the same database and schema",
                    "Give each a database of its own, or a schema: ?currentSchema=name.");
        }
        strangers(found.targets(), source);
        for (InstallPlan.Target target : found.targets()) {
            List<Problem> problems = problems(target);
            targets.put(target, problems);
            all.addAll(problems);
        }
    }

    private List<Problem> problems(InstallPlan.Target target) {
        List<Problem> problems = new ArrayList<>();
        String label = target.tenant() + "/" + target.name() + ": ";
        if (target.problem() != null) {
            problems.add(problem(at(target), label + target.problem(), ""));
        }
        for (InstallPlan.MappingInTarget mapping : target.mappings()) {
            if (mapping.problem() != null) {
                problems.add(
                        problem(at(target), label + "mapping " + mapping.mapping() + ": " + mapping.problem(), ""));
            }
        }
        return problems;
    }

    /** The place of an external database in the file: its entry in the list, or the table that lists it. */
    private String at(InstallPlan.Target target) {
        List<ExternalDatabasesConfig.Listed> list =
                plan.config().externalDatabases().list();
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).tenant().equals(target.tenant())
                    && list.get(i).name().equals(target.name())) {
                return ConfigPath.of(EXTERNAL + ".list", i);
            }
        }
        return EXTERNAL + ".table";
    }

    private void strangers(List<InstallPlan.Target> looked, Connection source) throws SQLException {
        String wanted =
                Sql.texts(looked.stream().map(InstallPlan.Target::tenant).toList());
        String query = "SELECT DISTINCT wanted COLLATE pg_catalog.\"C\" FROM unnest(" + wanted + ") AS wanted"
                + " EXCEPT SELECT tenant COLLATE pg_catalog.\"C\" FROM (\n" + plan.tenantsSql()
                + "\n) AS t ORDER BY 1";
        for (String tenant : Jdbc.listAsWritten(source, query, row -> row.getString(1))) {
            String at = looked.stream()
                    .filter(target -> target.tenant().equals(tenant))
                    .findFirst()
                    .map(this::at)
                    .orElse(EXTERNAL);
            add(at, "there is no tenant \"" + tenant + "\" in the source, but it has an external database", "");
        }
    }

    private void add(String path, String what, String hint) {
        all.add(problem(path, what, hint));
    }

    private Problem problem(String path, String what, String hint) {
        return plan.config().positions().problem(path, what, hint);
    }
}
