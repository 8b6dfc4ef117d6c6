package dev.tideline.sync.mapping;

import dev.tideline.sync.config.ConfigPath;
import dev.tideline.sync.config.Problem;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tables that a mapping's {@code select} or {@code where} reads and {@code depends_on} does not name: nobody notices
 * when they change, and the rows made from them become stale. A warning, not an error, because the table may never
 * change.
 */
public final class UnwatchedTables {

    private UnwatchedTables() {}

    /**
     * Asks Postgres which tables are read; it does not know what functions read.
     *
     * @param source outside a transaction; left as it was, and nothing in it is changed
     * @return a warning for each table, at its mapping's {@code select} or {@code where}
     * @throws SQLException if the connection is lost
     */
    public static List<Problem> of(SyncPlan plan, Connection source) throws SQLException {
        Findings findings = new Findings(plan.config().positions());
        TablesRead tables = new TablesRead(source);
        for (Mapping mapping : plan.mappings()) {
            String path = ConfigPath.of("mappings", mapping.name());
            List<TableName> watched = Stream.concat(
                            Stream.of(mapping.table()),
                            mapping.dependencies().stream().map(Mapping.Dependency::table))
                    .toList();
            List<TableName> named = new ArrayList<>();
            if (mapping.selectQuery().isPresent()) {
                warn(
                        findings,
                        path + ".select",
                        mapping,
                        tables.of(mapping.selectQuery().get(), watched),
                        named);
            }
            if (mapping.whereQuery().isPresent()) {
                warn(
                        findings,
                        path + ".where",
                        mapping,
                        tables.of(mapping.whereQuery().get(), watched),
                        named);
            }
        }
        return findings.all();
    }

    private static void warn(
            Findings findings, String at, Mapping mapping, List<TablesRead.Table> tables, List<TableName> named) {
        for (TablesRead.Table table : tables) {
            if (named.contains(table.name())) {
                continue;
            }
            named.add(table.name());
            String consequence =
                    ": when it changes, the rows of mapping " + mapping.name() + " that are made from it go stale";
            if (table.tracked()) {
                findings.add(
                        at,
                        "this reads " + table.name()
                                + (table.columns().isEmpty() ? "" : " (" + String.join(", ", table.columns()) + ")")
                                + ", which is not in depends_on" + consequence,
                        "Add to depends_on: - { table: " + table.name() + ", key: { <column of " + mapping.table()
                                + ">: <column of " + table.name()
                                + "> } }. A table that never changes may be left out.");
            } else {
                findings.add(
                        at,
                        "this reads " + table.name() + ", whose changes cannot be captured, because it is "
                                + (table.kind().equals("m") ? "a materialized view" : "a foreign table") + consequence,
                        "Read the tables that it is made from, and name them in depends_on.");
            }
        }
    }
}
