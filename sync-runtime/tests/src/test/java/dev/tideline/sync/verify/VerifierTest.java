package dev.tideline.sync.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.loop.Await;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.verify.RowDifference.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {

    private static final String PLAIN_LOCK = "LOCK TABLE users IN ACCESS EXCLUSIVE MODE";

    private static final String VIEW_THAT_WAITS = "ALTER TABLE users RENAME TO kept;"
            + " CREATE VIEW users AS SELECT * FROM kept WHERE (SELECT wait_for_owner()); COMMIT; BEGIN;"
            + " SELECT pg_advisory_xact_lock(1)";

    private static final Mapping USERS = Mappings.users("id bigint", "name text", "email text");

    private final TwoDatabases databases;

    VerifierTest() throws SQLException {
        databases = new TwoDatabases();
    }

    @BeforeEach
    void two_equal_sides() throws SQLException {
        databases.inSource("CREATE TABLE users (id bigint PRIMARY KEY, tenant integer, name text, email text)");
        databases.inTarget("CREATE TABLE users (id bigint PRIMARY KEY, name text, email text)");
        databases.inSource(
                "INSERT INTO users SELECT i, 1, 'name ' || i, i || '@example.com' FROM generate_series(1, 1000) i");
        databases.inSource("INSERT INTO users SELECT i, 2, 'other', 'other' FROM generate_series(1001, 2000) i");
        databases.inTarget(
                "INSERT INTO users SELECT i, 'name ' || i, i || '@example.com' FROM generate_series(1, 1000) i");
    }

    @AfterEach
    void drop() throws SQLException {
        databases.close();
    }

    @Test
    void equal_sides_are_equal_and_the_rows_are_counted() throws Exception {
        assertThat(verify(USERS))
                .isEqualTo(new VerifyReport("users", "1", 1000, 1000, 0, 0, 0, 0, 0, Map.of(), List.of()))
                .matches(VerifyReport::equal);
    }

    /** The target's owner may keep us waiting for as long as he likes; the application's table is not ours to hold for that. */
    @ParameterizedTest
    @ValueSource(strings = {PLAIN_LOCK, VIEW_THAT_WAITS})
    void nothing_is_held_at_the_source_while_the_target_keeps_us_waiting(String how) throws Exception {
        databases.inTarget("DELETE FROM users WHERE id = 17");
        databases.inTarget("CREATE FUNCTION wait_for_owner() RETURNS boolean LANGUAGE sql AS"
                + " 'SELECT pg_advisory_xact_lock_shared(1) IS NOT NULL'");
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (Connection hostile = databases.target().open();
                Statement statement = hostile.createStatement()) {
            hostile.setAutoCommit(false);
            statement.execute(how);
            Future<VerifyReport> report = threads.submit(() -> verify(USERS));
            assertThat(Await.until(
                            () -> databases
                                    .target("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                                            + " WHERE datname = current_database() AND NOT granted")
                                    .equals("1"),
                            Duration.ofMillis(10),
                            Duration.ofSeconds(20)))
                    .isTrue();

            databases.inSource("SET lock_timeout = '5s'; ALTER TABLE users ADD unread int");

            hostile.commit();
            assertThat(report.get().rows()).containsExactly(row(Kind.MISSING, "17"));
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_missing_row_is_named() throws Exception {
        databases.inTarget("DELETE FROM users WHERE id = 17");

        assertThat(verify(USERS)).isEqualTo(found(1000, 999, 1, 0, 0, Map.of(), row(Kind.MISSING, "17")));
    }

    @Test
    void an_extra_row_is_named() throws Exception {
        databases.inTarget("INSERT INTO users VALUES (1001, 'other', 'other')");

        assertThat(verify(USERS)).isEqualTo(found(1000, 1001, 0, 1, 0, Map.of(), row(Kind.EXTRA, "1001")));
    }

    @Test
    void a_different_row_is_named_with_the_columns_that_differ() throws Exception {
        databases.inTarget("UPDATE users SET email = 'wrong' WHERE id = 500");

        assertThat(verify(USERS))
                .isEqualTo(found(1000, 1000, 0, 0, 1, Map.of("email", 1L), row(Kind.DIFFERENT, "500", "email")));
    }

    @Test
    void null_is_not_the_empty_string() throws Exception {
        databases.inSource("UPDATE users SET name = NULL WHERE id = 3");
        databases.inTarget("UPDATE users SET name = '' WHERE id = 3");

        assertThat(verify(USERS).rows()).containsExactly(row(Kind.DIFFERENT, "3", "name"));
    }

    @Test
    void values_that_moved_from_one_column_to_the_next_are_different() throws Exception {
        databases.inSource("UPDATE users SET name = 'a,b', email = 'c' WHERE id = 3");
        databases.inTarget("UPDATE users SET name = 'a', email = 'b,c' WHERE id = 3");

        assertThat(verify(USERS).rows()).containsExactly(row(Kind.DIFFERENT, "3", "name", "email"));
    }

    @Test
    void rows_that_swapped_their_values_are_different() throws Exception {
        databases.inTarget(
                "UPDATE users SET (name, email) = (SELECT o.name, o.email FROM users o WHERE o.id = 7 - users.id)"
                        + " WHERE id IN (3, 4)");

        assertThat(verify(USERS).rows())
                .containsExactlyInAnyOrder(
                        row(Kind.DIFFERENT, "3", "name", "email"), row(Kind.DIFFERENT, "4", "name", "email"));
    }

    @Test
    void all_differences_are_counted_and_no_more_listed_than_asked_for() throws Exception {
        databases.inTarget("DELETE FROM users WHERE id % 2 = 0");
        databases.inTarget("UPDATE users SET name = 'x'");

        VerifyReport report = verifier(new VerifyOptions(10, VerifyOptions.DEFAULT.settleWithin()))
                .verify(comparison(USERS));

        assertThat(report.missing()).isEqualTo(500);
        assertThat(report.different()).isEqualTo(500);
        assertThat(report.columns()).isEqualTo(Map.of("name", 500L));
        assertThat(report.rows()).hasSize(10);
    }

    @Test
    void a_row_that_the_filter_leaves_out_must_not_be_there() throws Exception {
        Mapping active = Mappings.of(
                "users",
                Optional.empty(),
                Optional.of("r.name <> 'name 5' -- a comment ends the line"),
                List.of("id"),
                "id bigint",
                "name text",
                "email text");

        assertThat(verify(active)).isEqualTo(found(999, 1000, 0, 1, 0, Map.of(), row(Kind.EXTRA, "5")));
    }

    @Test
    void a_select_says_what_the_row_is_and_its_question_marks_are_operators() throws Exception {
        Mapping selected = Mappings.of(
                "users",
                Optional.of(
                        "SELECT r.id, upper(r.name) AS name FROM users r WHERE NOT '{\"900\": 1}'::jsonb ? r.id::text"),
                Optional.empty(),
                List.of("id"),
                "id bigint",
                "name text");
        databases.inTarget("UPDATE users SET name = upper(name)");

        assertThat(verify(selected)).isEqualTo(found(999, 1000, 0, 1, 0, Map.of(), row(Kind.EXTRA, "900")));
    }

    @Test
    void a_column_that_the_targets_owner_added_is_nobodys_business() throws Exception {
        databases.inTarget("ALTER TABLE users ADD COLUMN mine integer DEFAULT 7");

        assertThat(verify(USERS).equal()).isTrue();
    }

    @Test
    void a_key_that_a_target_without_primary_key_holds_twice_is_extra() throws Exception {
        databases.inTarget("ALTER TABLE users DROP CONSTRAINT users_pkey");
        databases.inTarget("INSERT INTO users SELECT * FROM users WHERE id = 9");
        databases.inTarget("ALTER TABLE users ALTER COLUMN id DROP NOT NULL");
        databases.inTarget("INSERT INTO users VALUES (NULL, 'no', 'key')");

        assertThat(verify(USERS).rows())
                .containsExactlyInAnyOrder(
                        row(Kind.EXTRA, "9"),
                        new RowDifference(
                                Kind.EXTRA, new RowKey(java.util.Collections.singletonList(null)), List.of()));
    }

    @Test
    void a_key_that_is_no_value_of_the_sources_type_is_extra() throws Exception {
        databases.inTarget("ALTER TABLE users ALTER COLUMN id TYPE text");
        databases.inTarget("INSERT INTO users VALUES ('what?', 'no', 'number')");
        databases.inTarget("DELETE FROM users WHERE id = '12'");

        assertThat(verify(USERS).rows()).containsExactlyInAnyOrder(row(Kind.EXTRA, "what?"), row(Kind.MISSING, "12"));
    }

    @Test
    void a_target_without_the_table_is_told_what_to_do() throws Exception {
        databases.inTarget("DROP TABLE users");

        assertThatThrownBy(() -> verify(USERS))
                .isInstanceOf(VerifyException.class)
                .hasMessage("mapping users: the target has no table users."
                        + " A sync creates it; run sync for this tenant first.");
    }

    @Test
    void a_target_without_a_column_is_told_which() throws Exception {
        databases.inTarget("ALTER TABLE users DROP COLUMN email");

        assertThatThrownBy(() -> verify(USERS))
                .isInstanceOf(VerifyException.class)
                .hasMessage("mapping users: table users of the target has no column email."
                        + " A sync adds what the mapping names; run sync for this tenant first.");
    }

    @Test
    void a_target_that_cannot_be_reached_is_not_equal() {
        Comparison unreachable = new Comparison(
                USERS,
                "1",
                databases.source(),
                () -> {
                    throw new SQLException("Connection to 127.0.0.1:1 refused.");
                },
                Flow.NONE);

        assertThatThrownBy(() -> verifier(VerifyOptions.DEFAULT).verify(unreachable))
                .isInstanceOf(VerifyException.class)
                .hasMessage(
                        "the target failed while connecting: Connection to 127.0.0.1:1 refused. Whether the rows are"
                                + " equal is not known; run verify again once the target answers.");
    }

    private VerifyReport verify(Mapping mapping) throws InterruptedException {
        return verifier(VerifyOptions.DEFAULT).verify(comparison(mapping));
    }

    private Comparison comparison(Mapping mapping) {
        return new Comparison(mapping, "1", databases.source(), databases.target(), Flow.NONE);
    }

    private static Verifier verifier(VerifyOptions options) {
        return new Verifier(
                options,
                () -> {
                    throw new AssertionError("nothing is under way, so there is nothing to wait for");
                },
                System::nanoTime,
                VerifyListener.SILENT);
    }

    private static RowDifference row(Kind kind, String key, String... columns) {
        return new RowDifference(kind, new RowKey(List.of(key)), List.of(columns));
    }

    private static VerifyReport found(
            long inSource,
            long inTarget,
            long missing,
            long extra,
            long different,
            Map<String, Long> columns,
            RowDifference... rows) {
        return new VerifyReport(
                "users", "1", inSource, inTarget, missing, extra, different, 0, 0, columns, List.of(rows));
    }
}
