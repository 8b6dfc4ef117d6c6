package dev.tideline.sync.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.LockWatch;
import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.loop.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One change that makes very many rows stale, and one statement that changes very many: a runtime of 128 MB streams them,
 * and the application goes on meanwhile. All rows together are larger than that by far. {@code -Dtideline.large.rows=1000000} says how many.
 */
class LargeChangesTest {

    private static final int ROWS = Integer.getInteger("tideline.large.rows", 100_000);

    @TempDir
    Path folder;

    @Test
    void a_change_of_very_many_rows_streams_through_and_nobody_waits_for_it() throws Exception {
        try (SyncScenario scenario = SyncScenario.of("""
                CREATE TABLE team (id int PRIMARY KEY, name text);
                CREATE TABLE member (tenancy_id int NOT NULL, id int PRIMARY KEY, team_id int, pad text);
                CREATE INDEX ON member (team_id, id);
                INSERT INTO team VALUES (1, 'red');
                INSERT INTO member SELECT 1, i, 1, repeat('x', 1500) FROM generate_series(1, %d) i;
                """.formatted(ROWS), """
                mappings:
                  members:
                    table: member
                    tenant: tenancy_id
                    key: [id]
                    target: members
                    select: SELECT r.tenancy_id, r.id, r.pad, t.name FROM member r JOIN team t ON t.id = r.team_id
                    depends_on: [{ table: team, key: { team_id: id } }]
                """)) {
            scenario.install();
            Path config = Files.writeString(folder.resolve("tideline.yaml"), scenario.yaml());
            try (CommandLineProcess runtime = new CommandLineProcess(config, folder.resolve("run.log"));
                    LockWatch watch = new LockWatch(scenario.source());
                    Connection application = LockWatch.application(scenario.source());
                    Statement statement = application.createStatement()) {
                statement.execute("SET statement_timeout = '10s'");
                become(scenario, statement, runtime, "count(*)", ROWS);
                scenario.source().execute("UPDATE team SET name = 'green'");
                become(scenario, statement, runtime, "count(*) FILTER (WHERE name = 'green')", ROWS);
                scenario.source().execute("UPDATE member SET pad = repeat('y', 1500)");
                become(scenario, statement, runtime, "count(*) FILTER (WHERE pad LIKE 'y%')", ROWS);
                assertThat(watch.waits()).isEmpty();
                assertThat(runtime.log()).doesNotContain("OutOfMemory");
            }
        }
    }

    /** Waits, while the application writes as before: its timeout is far below what the whole takes. */
    private static void become(
            SyncScenario scenario, Statement application, CommandLineProcess runtime, String what, int expected)
            throws Exception {
        Rows there = Rows.of(scenario.target(), "SELECT " + what + " FROM members");
        boolean arrived = Await.until(
                () -> {
                    application.execute("UPDATE member SET tenancy_id = 1 WHERE id = 1 + random() * " + (ROWS - 1));
                    assertThat(runtime.isAlive()).as(runtime.log()).isTrue();
                    try {
                        return there.now().contains(String.valueOf(expected));
                    } catch (IllegalStateException e) {
                        return false; // no table yet
                    }
                },
                Duration.ofMillis(50),
                Duration.ofMinutes(5));
        assertThat(arrived)
                .as("%s comes to %s: %s", what, expected, runtime.log())
                .isTrue();
    }
}
