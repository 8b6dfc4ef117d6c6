package dev.tideline.sync.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final List<Column> KEY = List.of(new Column("i", "integer", "integer", true, true));

    /** Far more than fits into the sockets between the two. */
    private static final int MANY = 60_000;

    private static final String OPEN_COPIES = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND state = 'active' AND query LIKE 'COPY%'";

    private SyncScenario scenario;
    private SourceDatabase source;

    @BeforeEach
    void openSource() {
        scenario = SyncScenario.users();
        scenario.install();
        source = scenario.openSource();
    }

    @AfterEach
    void close() {
        source.close();
        scenario.close();
    }

    @Test
    void rows_that_nobody_takes_keep_no_statement_open_and_continue_behind_the_last_one() throws SQLException {
        for (CopyFormat format : CopyFormat.values()) {
            try (KeyedRows rows = KeyedRows.open(source, KEY, format, List.of(), behind -> wide(behind, format))) {
                int expected = 1;
                for (; expected <= 3; expected++) {
                    assertThat(key(rows.next(), format)).isEqualTo(expected);
                }
                assertThat(Rows.of(scenario.source(), OPEN_COPIES).now()).containsExactly("1");
                Rows.of(scenario.source(), OPEN_COPIES).become("0");
                for (byte[] row = rows.next(); row != null; row = rows.next()) {
                    assertThat(key(row, format)).isEqualTo(expected++);
                }
                assertThat(expected - 1).isEqualTo(MANY);
            }
        }
    }

    @Test
    void a_statement_that_nobody_could_continue_behind_says_that_it_was_ended_and_costs_the_pool_nothing()
            throws SQLException {
        for (int i = 0; i < 3; i++) {
            try (RowStream rows = RowStream.open(source, wide(List.of(), CopyFormat.TEXT), CopyFormat.TEXT)) {
                rows.next();
                Rows.of(scenario.source(), OPEN_COPIES).become("0");
                assertThatThrownBy(() -> drain(rows)).isInstanceOf(StatementEndedException.class);
                assertThatThrownBy(rows::next).isInstanceOf(StatementEndedException.class);
            }
            try (Connection connection = source.connection()) {
                assertThat(connection.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void a_slow_source_is_waited_for_where_that_is_not_the_targets_doing() throws SQLException {
        try (RowStream rows = RowStream.open(source, slow(List.of()), CopyFormat.TEXT)) {
            assertThat(drain(rows)).isEqualTo(7);
        }
    }

    @Test
    void a_slow_source_is_asked_again_behind_the_last_row_where_that_can_be_done() throws SQLException {
        AtomicInteger statements = new AtomicInteger();
        try (KeyedRows rows = KeyedRows.open(source, KEY, CopyFormat.TEXT, List.of(), behind -> {
            statements.incrementAndGet();
            return slow(behind);
        })) {
            assertThat(drain(rows)).isEqualTo(7);
        }
        assertThat(statements).hasValue(2);
    }

    private static int drain(dev.tideline.sync.fetch.Rows rows) throws SQLException {
        int count = 0;
        while (rows.next() != null) {
            count++;
        }
        return count;
    }

    private static int key(byte[] row, CopyFormat format) {
        return Integer.parseInt(format.firstFields(row, KEY).get(0));
    }

    private static String wide(List<String> behind, CopyFormat format) {
        return "COPY (SELECT i, repeat('x', 1000) FROM generate_series(" + first(behind) + ", " + MANY
                + ") i) TO STDOUT" + format.option();
    }

    /** A row every 0.6 s, too large for the server to keep back until there are more. */
    private static String slow(List<String> behind) {
        return "COPY (SELECT i, repeat('x', 9000), pg_sleep(0.6) FROM generate_series(" + first(behind)
                + ", 7) i) TO STDOUT";
    }

    private static int first(List<String> behind) {
        return behind.isEmpty() ? 1 : Integer.parseInt(behind.get(0)) + 1;
    }
}
