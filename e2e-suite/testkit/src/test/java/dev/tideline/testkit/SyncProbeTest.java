package dev.tideline.testkit;

import static dev.tideline.testkit.fixture.EmbeddedPostgres.run;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.testkit.fixture.EmbeddedPostgres;
import dev.tideline.testkit.time.ManualTime;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Against databases that have what the contract promises of a source and a target, and no runtime. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD)
class SyncProbeTest {
    private static final SyncProbe.Scope USERS = new SyncProbe.Scope("users", "public.project_user", "1");

    private EmbeddedPostgres server;
    private ExternalDatabases databases;
    private ExternalDatabase source;
    private ExternalDatabase target;
    private SyncProbe probe;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = EmbeddedPostgres.start(18, folder);
        databases = server.databases();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @BeforeEach
    void create() throws SQLException {
        source = databases.create("source");
        target = databases.create("target");
        // What the view shows is kept in a plain table here: the test plays the sequencer.
        run(source, """
                CREATE SCHEMA tideline;
                CREATE TABLE tideline.ledger ("table" text, tenant text, key text, sequence_id bigint,
                  deleted boolean DEFAULT false, changed_at timestamptz DEFAULT now());
                CREATE VIEW tideline.row_state AS SELECT * FROM tideline.ledger""");
        run(target, "CREATE TABLE users (id int PRIMARY KEY, name text, age int)");
        probe = SyncProbe.between(source.url(), target.url()).on(new ManualTime());
    }

    @AfterEach
    void drop() {
        databases.close();
    }

    @Test
    void a_row_that_is_there_is_returned() throws SQLException {
        run(target, "INSERT INTO users VALUES (7, 'Ann', NULL)");

        Map<String, Object> row = probe.waitForRow("users", Map.of("id", 7), Map.of("name", "Ann"));

        assertThat(row).containsEntry("id", 7).containsEntry("name", "Ann").containsEntry("age", null);
        assertThat(probe.waitForRow("public.users", Map.of("id", "7"))).isEqualTo(row);
    }

    @Test
    void a_row_that_comes_later_is_awaited() throws SQLException {
        CompletableFuture<Map<String, Object>> row = CompletableFuture.supplyAsync(
                () -> SyncProbe.between(source.url(), target.url()).waitForRow("users", Map.of("id", 7)));
        run(target, "INSERT INTO users VALUES (7, 'Ann', 42)");

        assertThat(row.join()).containsEntry("name", "Ann");
    }

    @Test
    void a_row_with_other_values_is_shown() throws SQLException {
        run(target, "INSERT INTO users VALUES (7, 'Ann', 42)");

        assertThatThrownBy(() -> probe.atMost(ofSeconds(1)).waitForRow("users", Map.of("id", 7), Map.of("name", "Bob")))
                .isInstanceOf(NotInTimeError.class)
                .hasMessage("""
                        row {id=7} of users in 127.0.0.1:%d/%s: not within 1 s
                          expected:        one row with {name=Bob}
                          last value:      <[{id=7, name=Ann, age=42}]>
                          last changed:    never
                          waited:          1 s, 12 attempts""".formatted(server.port(), target.name()));
    }

    @Test
    void a_row_that_stays_is_shown() throws SQLException {
        run(target, "INSERT INTO users VALUES (7, 'Ann', 42)");
        probe.waitForNoRow("users", Map.of("id", 8));

        assertThatThrownBy(() -> probe.atMost(ofSeconds(1)).waitForNoRow("users", Map.of("id", 7)))
                .hasMessage("""
                        no row {id=7} of users in 127.0.0.1:%d/%s: not within 1 s
                          expected:        no row
                          last value:      <[{id=7, name=Ann, age=42}]>
                          last changed:    never
                          waited:          1 s, 12 attempts""".formatted(server.port(), target.name()));
    }

    @Test
    void a_row_that_must_not_come_fails_as_soon_as_it_is_there() throws SQLException {
        probe.expectNoRow("users", Map.of("id", 7), ofSeconds(1));
        run(target, "INSERT INTO users VALUES (7, 'Ann', 42)");

        assertThatThrownBy(() -> probe.expectNoRow("users", Map.of("id", 7), ofSeconds(1)))
                .hasMessage("""
                        no row {id=7} of users in 127.0.0.1:%d/%s: did not hold throughout 1 s
                          expected:        no row
                          last value:      <[{id=7, name=Ann, age=42}]>
                          waited:          0 ms, 1 attempt""".formatted(server.port(), target.name()));
    }

    @Test
    void a_table_that_is_not_there_proves_nothing() {
        assertThatThrownBy(() -> probe.atMost(ofSeconds(0)).waitForNoRow("user", Map.of("id", 7)))
                .hasMessage("""
                        no row {id=7} of user in 127.0.0.1:%d/%s: not within 0 ms
                          expected:        no row
                          last value:      none, no attempt gave one
                          waited:          0 ms, 1 attempt, 1 of them with an exception
                          exception:       after 0 ms (attempt 1):
                            org.postgresql.util.PSQLException: ERROR: relation "user" does not exist
                              Position: 15""".formatted(server.port(), target.name()));
        assertThatThrownBy(() -> probe.atMost(ofSeconds(0)).waitForNoRow("users", Map.of()))
                .hasMessage("""
                        no row {} of users in 127.0.0.1:%d/%s: not within 0 ms
                          expected:        no row
                          last value:      none, no attempt gave one
                          waited:          0 ms, 1 attempt, 1 of them with an exception
                          exception:       after 0 ms (attempt 1): java.lang.IllegalArgumentException: A row is found by its key: name at least one column""".formatted(server.port(), target.name()));
    }

    @Test
    void caught_up_is_reported_by_the_cursor() throws SQLException {
        ledger("1", 41);
        ledger("2", 57);
        run(source, "INSERT INTO tideline.ledger VALUES ('public.project_user', '2', '3', 99)");
        cursor(57);

        probe.waitUntilCaughtUp(USERS);
    }

    @Test
    void a_tenant_without_a_change_is_caught_up_from_the_start() {
        probe.waitUntilCaughtUp(USERS);
    }

    @Test
    void a_target_that_lags_is_shown_with_the_keys_it_lacks() throws SQLException {
        ledger("1", 41);
        ledger("2", 56);
        run(source, "INSERT INTO tideline.ledger VALUES ('public.project_user', '1', '3', 57, true)");

        assertThatThrownBy(() -> probe.atMost(ofSeconds(1)).waitUntilCaughtUp(USERS))
                .hasMessage("""
                        127.0.0.1:%d/%s caught up with tenant 1 in mapping users: not within 1 s
                          expected:        the cursor at the highest sequence id
                          last value:      <the target has no cursor yet of 57>
                          last changed:    never
                          waited:          1 s, 12 attempts
                          near misses:     keys that lag behind:
                            1 (sequence id 41)
                            2 (sequence id 56)
                            3 (sequence id 57, deleted)""".formatted(server.port(), target.name()));
        cursor(41);
        assertThatThrownBy(() -> probe.atMost(ofSeconds(1)).waitUntilCaughtUp(USERS))
                .hasMessage("""
                        127.0.0.1:%d/%s caught up with tenant 1 in mapping users: not within 1 s
                          expected:        the cursor at the highest sequence id
                          last value:      <the target is at 41 of 57>
                          last changed:    never
                          waited:          1 s, 12 attempts
                          near misses:     keys that lag behind:
                            2 (sequence id 56)
                            3 (sequence id 57, deleted)""".formatted(server.port(), target.name()));
    }

    @Test
    void a_fence_waits_for_a_change_that_has_no_sequence_id_yet() throws SQLException {
        ledger("9", 57);
        cursor(57);
        SyncProbe.Fence fence = probe.fence(USERS, "9");
        assertThat(fence).isEqualTo(new SyncProbe.Fence(USERS, "9", 57));
        assertThat(probe.fence(USERS, "10").sequenceId()).isEqualTo(-1);

        assertThatThrownBy(() -> probe.atMost(ofSeconds(1)).waitUntilCaughtUp(fence))
                .hasMessage("""
                        127.0.0.1:%d/%s caught up with tenant 1 in mapping users: not within 1 s
                          expected:        the cursor at the highest sequence id once key 9 has a new one
                          last value:      <the target is at 57, and the last change has no sequence id yet>
                          last changed:    never
                          waited:          1 s, 12 attempts
                          near misses:     keys that lag behind: none""".formatted(server.port(), target.name()));
        run(source, "UPDATE tideline.ledger SET sequence_id = 58 WHERE key = '9'");
        ledger("5", 59);
        cursor(58);
        assertThatThrownBy(() -> probe.atMost(ofSeconds(1)).waitUntilCaughtUp(fence))
                .hasMessage("""
                        127.0.0.1:%d/%s caught up with tenant 1 in mapping users: not within 1 s
                          expected:        the cursor at the highest sequence id once key 9 has a new one
                          last value:      <the target is at 58 of 59>
                          last changed:    never
                          waited:          1 s, 12 attempts
                          near misses:     keys that lag behind:
                            5 (sequence id 59)""".formatted(server.port(), target.name()));
        cursor(59);
        probe.waitUntilCaughtUp(fence);
    }

    @Test
    void an_end_that_cannot_be_reached_is_distinguished_from_a_row_that_is_missing() throws SQLException {
        target.stop();

        assertThatThrownBy(() -> probe.atMost(ofSeconds(0)).waitForRow("users", Map.of("id", 7)))
                .hasMessage("""
                        row {id=7} of users in 127.0.0.1:%d/%s: not within 0 ms
                          expected:        one row
                          last value:      none, no attempt gave one
                          waited:          0 ms, 1 attempt, 1 of them with an exception
                          exception:       after 0 ms (attempt 1): org.postgresql.util.PSQLException: FATAL: database "%<s" is not currently accepting connections""".formatted(server.port(), target.name()));
        assertThatThrownBy(() -> probe.atMost(ofSeconds(0)).waitUntilCaughtUp(USERS))
                .hasMessage("""
                        127.0.0.1:%d/%s caught up with tenant 1 in mapping users: not within 0 ms
                          expected:        the cursor at the highest sequence id
                          last value:      none, no attempt gave one
                          waited:          0 ms, 1 attempt, 1 of them with an exception
                          exception:       after 0 ms (attempt 1): org.postgresql.util.PSQLException: FATAL: database "%<s" is not currently accepting connections
                          near misses:     keys that lag behind: unavailable, org.postgresql.util.PSQLException: FATAL: database "%<s" is not currently accepting connections""".formatted(server.port(), target.name()));
    }

    @Test
    void a_source_that_was_not_installed_is_told() throws SQLException {
        run(source, "DROP SCHEMA tideline CASCADE");

        assertThatThrownBy(() -> probe.fence(USERS, "9"))
                .hasMessage("ERROR: relation \"tideline.row_state\" does not exist\n  Position: 36");
    }

    private void ledger(String key, long sequenceId) throws SQLException {
        run(
                source,
                "INSERT INTO tideline.ledger VALUES ('public.project_user', '1', '" + key + "', " + sequenceId + ")");
    }

    private void cursor(long sequenceId) throws SQLException {
        run(target, """
                CREATE TABLE IF NOT EXISTS tideline_sync_metadata (
                  mapping_name text PRIMARY KEY, last_synced_sequence_id bigint, updated_at timestamptz DEFAULT now());
                INSERT INTO tideline_sync_metadata VALUES ('users', %d)
                  ON CONFLICT (mapping_name) DO UPDATE SET last_synced_sequence_id = excluded.last_synced_sequence_id""".formatted(sequenceId));
    }
}
