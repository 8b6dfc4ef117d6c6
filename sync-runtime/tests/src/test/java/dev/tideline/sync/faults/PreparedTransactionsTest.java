package dev.tideline.sync.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.TestDatabase;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import dev.tideline.sync.install.Installation;
import dev.tideline.sync.kill.KillableServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that commits in two phases, beside a runtime that sleeps. */
class PreparedTransactionsTest {

    /** Whether capture rings for a sequencer that sleeps. */
    private static final String RINGS =
            "SELECT last_value > extract(epoch FROM clock_timestamp()) FROM tideline.doorbell";

    /** How our session is seen that looks for changes. */
    private static final String LOOKS =
            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%await_changes%' AND pid <> pg_backend_pid()"
                    + " AND state = 'active'";

    @TempDir
    Path folder;

    private KillableServer server;
    private TestDatabase source;
    private TestDatabase target;

    @BeforeEach
    void start() {
        server = new KillableServer(folder.resolve("server"), Map.of("max_prepared_transactions", "10"));
        source = server.create("app").execute("""
                        CREATE TABLE tenancy (id int PRIMARY KEY);
                        INSERT INTO tenancy VALUES (1);
                        CREATE TABLE item (id int PRIMARY KEY, tenant int NOT NULL, v text);
                        INSERT INTO item VALUES (1, 1, 'first'), (2, 1, 'first');
                        """);
        target = server.create("external");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SyncRuntime run(String doorbell) throws IOException {
        Path file =
                Files.writeString(folder.resolve("tideline.yaml"), """
                source: { url: "%s" }
                tenants: { table: tenancy, key: id }
                mappings:
                  items: { table: item, tenant: tenant, key: id, target: item }
                external_databases:
                  list: [ { tenant: "1", name: main, url: "%s" } ]
                sequencer: { doorbell: %s }
                """.formatted(source.url(), target.url(), doorbell));
        SyncConfig config = SyncConfigLoader.load(file, name -> null);
        Installation.install(config, line -> {});
        return SyncRuntime.start(config);
    }

    private void prepare(String update) throws SQLException {
        try (Connection connection = source.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(update);
            statement.execute("PREPARE TRANSACTION 'ours'");
        }
    }

    private Rows items() {
        return Rows.of(target, "SELECT v FROM item ORDER BY id");
    }

    @Test
    void they_can_be_prepared_and_arrive_once_they_are_committed_after_what_came_later() throws Exception {
        try (SyncRuntime runtime = run("auto")) {
            items().become("first", "first");
            Rows.of(source, LOOKS).become("1");

            prepare("UPDATE item SET v = 'prepared' WHERE id = 1");
            source.execute("UPDATE item SET v = 'later' WHERE id = 2");
            items().become("first", "later");
            source.execute("COMMIT PREPARED 'ours'");

            items().become("prepared", "later");
            assertThat(source.value(RINGS)).isEqualTo("f");
        }
    }

    @Test
    void a_runtime_that_was_killed_in_between_brings_them_too() throws Exception {
        try (SyncRuntime runtime = run("auto")) {
            items().become("first", "first");
            prepare("UPDATE item SET v = 'prepared' WHERE id = 1");
            source.execute("UPDATE item SET v = 'later' WHERE id = 2");
            items().become("first", "later");
        }
        source.execute("COMMIT PREPARED 'ours'");
        try (SyncRuntime runtime = run("auto")) {
            items().become("prepared", "later");
        }
    }

    @Test
    void capture_rings_where_it_is_told_to_and_then_they_cannot_be_prepared() throws Exception {
        try (SyncRuntime runtime = run("on")) {
            items().become("first", "first");
            Rows.of(source, RINGS).become("t");

            assertThatThrownBy(() -> prepare("UPDATE item SET v = 'prepared' WHERE id = 1"))
                    .hasMessageContaining("cannot PREPARE a transaction that has executed");
        }
    }

    @Test
    void a_session_of_ours_that_looks_for_changes_ends_with_the_runtime() throws Exception {
        try (SyncRuntime runtime = run("off")) {
            Rows.of(source, LOOKS).become("1");
        }
        Rows.of(source, LOOKS).become("0");
    }
}
