package dev.tideline.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowQueryTest {

    @ParameterizedTest
    @ValueSource(strings = {"integer", "bigint", "numeric", "text", "varchar(20)"})
    void the_rows_of_a_tenant_that_has_most_of_a_table_come_along_its_key_and_are_not_sorted(String type) {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE item (tenancy_id %s NOT NULL, id int PRIMARY KEY, v text);
                INSERT INTO item SELECT 1, i, 'item number ' || i FROM generate_series(1, 20000) i;
                CREATE INDEX ON item (tenancy_id);
                ANALYZE item;
                """.formatted(type), """
                mappings:
                  items: { table: item, tenant: tenancy_id, key: [id], target: items }
                """)) {
            scenario.install();
            RowQuery query = new RowQuery(scenario.plan().mappings().get(0));
            String copy = query.rows("1", List.of(), CopyFormat.TEXT);
            String select = copy.substring(copy.indexOf('(') + 1, copy.lastIndexOf(')'));
            assertThat(Rows.of(scenario.source(), "EXPLAIN " + select).now())
                    .as(select)
                    .noneMatch(line -> line.contains("Sort"))
                    .anyMatch(line -> line.contains("Index Scan using item_pkey"));
        }
    }
}
