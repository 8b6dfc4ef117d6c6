package dev.tideline.sync.mapping;

import dev.tideline.sync.config.ConfigPath;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Dependencies without an index that finds their root rows: each change of the other table reads the whole root table,
 * in a pass that all tenants wait for.
 */
public final class UnindexedDependencies {

    private UnindexedDependencies() {}

    /**
     * Checks root tables of at least a megabyte, where it matters.
     *
     * @return a warning for each, at its mapping's {@code depends_on}
     * @throws SQLException if the connection is lost
     */
    public static List<Problem> of(SyncPlan plan, Connection source) throws SQLException {
        Findings findings = new Findings(plan.config().positions());
        for (Mapping mapping : plan.mappings()) {
            for (int i = 0; i < mapping.dependencies().size(); i++) {
                Mapping.Dependency dependency = mapping.dependencies().get(i);
                List<String> columns =
                        dependency.root().stream().map(Column::name).toList();
                boolean lacking = Jdbc.one(
                        source,
                        SqlTemplate.text("0-catalogue/dependency-index"),
                        row -> row.getBoolean(1),
                        columns,
                        mapping.table().sql());
                if (lacking) {
                    findings.add(
                            ConfigPath.of(ConfigPath.of("mappings", mapping.name()) + ".depends_on", i),
                            "no index of " + mapping.table() + " finds the rows that a change of " + dependency.table()
                                    + " makes stale: each change reads all of " + mapping.table()
                                    + ", and every tenant's changes wait for that",
                            "CREATE INDEX CONCURRENTLY ON " + mapping.table().sql() + " ("
                                    + Sql.list(dependency.root(), column -> Sql.identifier(column.name())) + ")");
                }
            }
        }
        return findings.all();
    }
}
