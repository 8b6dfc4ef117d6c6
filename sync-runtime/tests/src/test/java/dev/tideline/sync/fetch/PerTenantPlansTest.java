package dev.tideline.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.mapping.Mapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No query that runs for one tenant reads a mapped table whole where an index serves, with statistics or without. */
class PerTenantPlansTest {

    /**
     * @param tenant columns of the table, with their types
     * @param names of these columns
     * @param values of a row, by its number {@code i}
     * @param id of a tenant
     * @param key columns of the table, the last of which is {@code id}
     * @param rest of the table's definition
     */
    record Kind(String what, String tenant, String names, String values, String id, String key, String rest) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Kind> kinds() {
        String composite = "region text, code text";
        String values = "'r/' || i % 20, 'c' || i % 400";
        return Stream.of(
                new Kind("one number", "t int", "t", "i % 400", "7", "id", "PRIMARY KEY (id)"),
                new Kind("one text", "t text", "t", "'t' || i % 400", "t7", "id", "PRIMARY KEY (id)"),
                new Kind(
                        "one of another collation",
                        "t text COLLATE \"C\"",
                        "t",
                        "'t' || i % 400",
                        "t7",
                        "id",
                        "PRIMARY KEY (id)"),
                new Kind(
                        "two columns in the key",
                        composite,
                        "region, code",
                        values,
                        "r%2F7/c7",
                        "region, code, id",
                        "PRIMARY KEY (region, code, id)"),
                new Kind(
                        "two columns beside the key",
                        composite,
                        "region, code",
                        values,
                        "r%2F7/c7",
                        "id",
                        "PRIMARY KEY (id)"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_index_serves(Kind kind) throws SQLException {
        try (SyncScenario scenario = scenario(kind, "true");
                Connection source = scenario.source().connect()) {
            Mapping mapping = scenario.plan().mappings().get(0);
            InstalledStream root = InstalledLayout.read(source).orElseThrow().rootOf(mapping);
            scenario.source()
                    .execute(
                            "ALTER TABLE tideline." + root.ledger() + " SET (autovacuum_enabled = false)",
                            "INSERT INTO tideline." + root.ledger() + " SELECT '" + kind.id + "', " + kind.key
                                    + ", row_number() OVER (), now() FROM thing LIMIT 50");
            for (String statistics : List.of("without", "with")) {
                if (statistics.equals("with")) {
                    scenario.source().execute("ANALYZE thing", "ANALYZE tideline." + root.ledger());
                }
                for (Map.Entry<String, String> query :
                        queries(mapping, root, kind).entrySet()) {
                    assertThat(plan(source, query.getValue()))
                            .as("%s, %s statistics", query.getKey(), statistics)
                            .doesNotContain("Seq Scan on thing")
                            .contains("thing r");
                }
            }
        }
    }

    /** Where an index on the tenant looked as good as the key's, a batch of 5,000 keys took minutes. */
    @ParameterizedTest
    @MethodSource("kinds")
    void rows_that_came_after_the_statistics_are_looked_up_by_their_keys(Kind kind) throws SQLException {
        try (SyncScenario scenario = scenario(kind, "i % 400 <> 7");
                Connection source = scenario.source().connect()) {
            Mapping mapping = scenario.plan().mappings().get(0);
            InstalledStream root = InstalledLayout.read(source).orElseThrow().rootOf(mapping);
            String rows = "FROM (SELECT 7 AS i, n FROM generate_series(100001, 120000) n) x";
            scenario.source()
                    .execute(
                            "ANALYZE",
                            "INSERT INTO thing SELECT " + kind.values + ", n, 'new' " + rows,
                            "INSERT INTO tideline." + root.ledger() + " SELECT '" + kind.id + "', "
                                    + (kind.key.equals("id") ? "" : kind.values + ", ") + "n, n, now() " + rows);
            RowQuery query = new RowQuery(mapping);
            assertThat(plan(source, query.changes(root, kind.id, 100000, 105000, CopyFormat.TEXT)))
                    .contains("id = ledger")
                    .doesNotContain("Join Filter");
        }
    }

    private static SyncScenario scenario(Kind kind, String rows) {
        SyncScenario scenario = SyncScenario.of(
                "DROP TABLE tenancy; CREATE TABLE tenancy (" + kind.tenant + ");"
                        + " CREATE TABLE thing (" + kind.tenant + ", id int, v text, " + kind.rest
                        + ") WITH (autovacuum_enabled = false);"
                        + " CREATE INDEX ON thing (" + kind.names + ", id);"
                        + " INSERT INTO thing SELECT " + kind.values
                        + ", i, repeat('v', 100) FROM generate_series(1, 60000) i WHERE " + rows,
                "mappings: { thing: { table: thing, tenant: [" + kind.names + "], key: [" + kind.key + "] } }\n");
        scenario.tenants("{ table: tenancy, key: [" + kind.names + "] }");
        scenario.moveTarget(kind.id);
        scenario.install();
        return scenario;
    }

    private static Map<String, String> queries(Mapping mapping, InstalledStream root, Kind kind) {
        RowQuery rows = new RowQuery(mapping);
        List<String> key = kind.key.equals("id") ? List.of("407") : List.of("r/7", "c7", "407");
        List<String> later = kind.key.equals("id") ? List.of("4407") : List.of("r/7", "c7", "4407");
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("changes", rows.changes(root, kind.id, 0, 2000, CopyFormat.TEXT));
        queries.put("changes in order", rows.changesInOrder(root, kind.id, 0, 2000, CopyFormat.TEXT, key));
        queries.put("first copy", rows.rows(kind.id, List.of(), CopyFormat.TEXT));
        queries.put("first copy from a key on", rows.rows(kind.id, key, CopyFormat.TEXT));
        queries.put("first copy between keys", rows.rows(kind.id, key, later));
        queries.put("keys", rows.keys(kind.id, List.of(), CopyFormat.TEXT));
        queries.put("keys between keys", rows.keys(kind.id, key, later));
        queries.put("keyed", rows.keyed(kind.id, List.of(key, later), List.of()));
        queries.put("next keys", rows.nextKeys(kind.id, key).replace("?", "500"));
        queries.put("verify", rows.row(kind.id, "true"));
        return queries;
    }

    private static String plan(Connection source, String sql) throws SQLException {
        String query = sql.replaceFirst("(?s)^.*?COPY \\(", "").replaceFirst("(?s)\\) TO STDOUT.*$", "");
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN " + query)) {
            StringBuilder plan = new StringBuilder();
            while (row.next()) {
                plan.append(row.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }
}
