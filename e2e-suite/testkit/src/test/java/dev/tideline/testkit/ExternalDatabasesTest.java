package dev.tideline.testkit;

import static dev.tideline.testkit.fixture.EmbeddedPostgres.ask;
import static dev.tideline.testkit.fixture.EmbeddedPostgres.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.testkit.fixture.Compiled;
import dev.tideline.testkit.fixture.EmbeddedPostgres;
import dev.tideline.testkit.fixture.ForkedJava;
import dev.tideline.testkit.fixture.SilentPort;
import dev.tideline.testkit.time.ManualTime;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** On the oldest Postgres that Tideline knows; {@code SyncProbeTest} has its databases on the newest. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExternalDatabasesTest {
    private EmbeddedPostgres server;
    private ExternalDatabases databases;

    @BeforeAll
    void start(@TempDir Path folder) {
        server = EmbeddedPostgres.start(13, folder);
        databases = server.databases();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_new_database_is_empty_and_can_be_reached() throws SQLException {
        try (ExternalDatabase database = databases.create("acme");
                Connection connection = database.connect()) {
            assertThat(ask(connection, "SELECT current_database()")).isEqualTo(database.name());
            assertThat(ask(connection, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .isEqualTo("0");
            assertThat(database.url())
                    .isEqualTo("postgres://postgres:postgres@127.0.0.1:" + server.port() + "/" + database.name());
            assertThat(database.jdbcUrl())
                    .isEqualTo("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database.name()
                            + "?user=postgres&password=postgres");
            try (Connection byUrl = DriverManager.getConnection(database.jdbcUrl())) {
                assertThat(ask(byUrl, "SELECT current_database()")).isEqualTo(database.name());
            }
            assertThat(database).hasToString(database.name());
        }
    }

    @Test
    void a_stopped_database_refuses_everybody_and_has_its_data_afterwards() throws SQLException {
        try (ExternalDatabase database = databases.create("acme");
                ExternalDatabase neighbour = databases.create("globex");
                Connection before = database.connect();
                Connection neighbours = neighbour.connect()) {
            execute(before, "CREATE TABLE kept AS SELECT 42 AS answer");

            database.stop();

            assertThatThrownBy(database::connect)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            refused -> assertThat(refused.getSQLState()).isEqualTo("55000"))
                    .hasMessage("FATAL: database \"" + database.name() + "\" is not currently accepting connections");
            assertThatThrownBy(() -> ask(before, "SELECT answer FROM kept")).isInstanceOf(SQLException.class);
            assertThat(ask(neighbours, "SELECT 1")).isEqualTo("1");

            database.restart();

            try (Connection after = database.connect()) {
                assertThat(ask(after, "SELECT answer FROM kept")).isEqualTo("42");
            }
        }
    }

    @Test
    void a_restart_cuts_connections_and_lets_them_in_again() throws SQLException {
        try (ExternalDatabase database = databases.create("acme");
                Connection before = database.connect()) {
            database.restart();

            assertThatThrownBy(() -> ask(before, "SELECT 1")).isInstanceOf(SQLException.class);
            try (Connection after = database.connect()) {
                assertThat(ask(after, "SELECT 1")).isEqualTo("1");
            }
        }
    }

    @Test
    void a_read_only_database_can_be_read_and_not_written() throws SQLException {
        try (ExternalDatabase database = databases.create("acme")) {
            try (Connection connection = database.connect()) {
                execute(connection, "CREATE TABLE t AS SELECT 1 AS id");
            }
            database.readOnly();
            try (Connection connection = database.connect()) {
                assertThat(ask(connection, "SELECT id FROM t")).isEqualTo("1");
                assertThatThrownBy(() -> execute(connection, "INSERT INTO t VALUES (2)"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                refused -> assertThat(refused.getSQLState()).isEqualTo("25006"));
            }
            database.writable();
            try (Connection connection = database.connect()) {
                execute(connection, "INSERT INTO t VALUES (2)");
            }
        }
    }

    @Test
    void a_reader_can_read_what_is_public_and_write_nothing() throws SQLException {
        try (ExternalDatabase database = databases.create("acme");
                Connection owner = database.connect();
                Connection reader = database.connectAsReader()) {
            execute(owner, "CREATE TABLE t AS SELECT 1 AS id; GRANT SELECT ON t TO PUBLIC");

            assertThat(ask(reader, "SELECT id FROM t")).isEqualTo("1");
            assertThatThrownBy(() -> execute(reader, "INSERT INTO t VALUES (2)"))
                    .hasMessage("ERROR: permission denied for table t");
            try (Connection another = database.connectAsReader()) {
                assertThat(ask(another, "SELECT id FROM t")).isEqualTo("1");
            }
        }
    }

    @Test
    void a_dropped_database_is_gone_with_its_reader_and_can_be_dropped_again() throws SQLException {
        ExternalDatabase database = databases.create("acme");
        try (Connection connection = database.connect()) {
            database.readerUrl();
            database.drop();

            assertThatThrownBy(() -> ask(connection, "SELECT 1")).isInstanceOf(SQLException.class);
        }
        database.drop();
        database.close();
        assertThat(server.names()).doesNotContain(database.name());
        try (Connection connection = server.connect()) {
            assertThat(ask(connection, "SELECT count(*) FROM pg_roles WHERE rolname = '" + database.name() + "_r'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void closing_drops_what_was_created() throws SQLException {
        ExternalDatabases own = server.databases();
        String first = own.create("acme").name();
        String second = own.create("acme").name();
        assertThat(server.names()).contains(first, second);

        own.close();

        assertThat(server.names()).doesNotContain(first, second);
    }

    @Test
    void leftovers_of_a_killed_run_are_swept_and_nothing_else() throws Exception {
        DatabaseOwner self = DatabaseOwner.thisProcess();
        Process over = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .start();
        over.onExit().get();
        String killed = name(new DatabaseOwner(self.machine(), over.pid(), self.startedSeconds()));
        String reused = name(new DatabaseOwner(self.machine(), self.pid(), self.startedSeconds() - 3_600));
        String running = name(self);
        String elsewhere = name(new DatabaseOwner("zzzzzz", over.pid(), self.startedSeconds()));
        List<String> ours = List.of(killed, reused, running, elsewhere, "tidetest_of_somebody");
        try (Connection connection = server.connect()) {
            for (String name : ours) {
                execute(connection, "CREATE DATABASE " + name);
            }
            execute(connection, "ALTER DATABASE " + reused + " ALLOW_CONNECTIONS false");

            assertThat(databases.sweep()).contains(killed, reused).doesNotContain(running, elsewhere);

            assertThat(server.names()).contains(running, elsewhere, "tidetest_of_somebody", "postgres");
            for (String name : ours.subList(2, ours.size())) {
                execute(connection, "DROP DATABASE " + name);
            }
        }
    }

    @Test
    void a_run_that_was_really_killed_leaves_nothing_to_the_next_one(@TempDir Path folder) throws Exception {
        String classPath = Compiled.into(folder, System.getProperty("java.class.path"), """
            package killed;

            import dev.tideline.testkit.ExternalDatabases;
            import java.util.concurrent.CountDownLatch;

            class Run {
                public static void main(String[] arguments) throws InterruptedException {
                    System.out.println("made " + ExternalDatabases.at(arguments[0]).create("killed").name());
                    new CountDownLatch(1).await();
                }
            }
            """)
                + File.pathSeparator
                + System.getProperty("java.class.path");
        Process run = ForkedJava.start(List.of(), classPath, "killed.Run", server.url());
        try (BufferedReader output = run.inputReader()) {
            String name = output.lines()
                    .filter(line -> line.startsWith("made "))
                    .findFirst()
                    .orElseThrow()
                    .substring("made ".length());
            assertThat(databases.sweep()).doesNotContain(name);
            assertThat(server.names()).contains(name);

            run.destroyForcibly().waitFor();

            assertThat(databases.sweep()).contains(name);
            assertThat(server.names()).doesNotContain(name);
        } finally {
            run.destroyForcibly();
        }
    }

    @Test
    void many_tests_stop_and_restart_their_own_at_the_same_time() {
        try (ExternalDatabases own = server.databases()) {
            CompletableFuture<?>[] tests = IntStream.range(0, 6)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> {
                        ExternalDatabase database = own.create("n" + i);
                        for (int round = 0; round < 2; round++) {
                            database.stop();
                            assertThatThrownBy(database::connect)
                                    .hasMessage("FATAL: database \"" + database.name()
                                            + "\" is not currently accepting connections");
                            database.restart();
                            database.readOnly();
                            database.writable();
                            try (Connection connection = database.connect()) {
                                assertThat(ask(connection, "SHOW default_transaction_read_only"))
                                        .isEqualTo("off");
                            } catch (SQLException e) {
                                throw new AssertionError(e);
                            }
                        }
                    }))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(tests)
                    .orTimeout(50, java.util.concurrent.TimeUnit.SECONDS)
                    .join();
        }
    }

    @Test
    void a_server_that_is_not_there_is_named_and_its_password_is_not() {
        try (SilentPort silent = new SilentPort()) {
            String server = "127.0.0.1:" + silent.number();
            assertThatThrownBy(() -> ExternalDatabases.at("postgres://postgres:geheim@" + server + "/postgres"))
                    .isInstanceOf(ExternalDatabaseException.class)
                    .hasMessage("Cannot list the databases on the Postgres server at " + server + ": Connection to "
                            + server + " refused. Check that the hostname and port are correct and that the postmaster"
                            + " is accepting TCP/IP connections.");
        }
        assertThatThrownBy(() -> ExternalDatabases.at("postgres://postgres:geh eim@127.0.0.1/postgres"))
                .hasMessage(
                        "The address of a Postgres database looks like postgres://user:password@host:port/database");
        assertThatThrownBy(() -> databases.create("acme; DROP"))
                .hasMessage("The label 'acme; DROP' becomes part of a database's name: 1 to 16 letters and digits");
    }

    @Test
    void what_the_server_refuses_is_reported_with_what_was_to_be_done() throws SQLException {
        try (ExternalDatabase database = databases.create("acme");
                Connection connection = server.connect()) {
            execute(connection, "CREATE ROLE weak LOGIN PASSWORD 'geheim'");
            PostgresUrl weak = PostgresUrl.parse(server.url()).of("weak", "geheim");
            String at = " on the Postgres server at 127.0.0.1:" + server.port() + ": ERROR: ";
            String notOwner = at + "must be owner of database " + database.name();
            ExternalDatabase theirs = new ExternalDatabase(new DatabaseServer(weak), database.name());

            assertThatThrownBy(() -> ExternalDatabases.at(weak.whole()).create("acme"))
                    .isInstanceOf(ExternalDatabaseException.class)
                    .extracting(refused -> refused.getMessage().replaceAll("tidetest_\\w+", "NAME"))
                    .isEqualTo("Cannot create the database NAME" + at + "permission denied to create database");
            assertThatThrownBy(theirs::stop).hasMessage("Cannot stop the database " + database + notOwner);
            assertThatThrownBy(() -> new DatabaseServer(weak).open(database.name()))
                    .hasMessage("Cannot start the database " + database + notOwner);
            assertThatThrownBy(theirs::readOnly)
                    .hasMessage("Cannot change whether the database " + database + " is read-only" + notOwner);
            assertThatThrownBy(theirs::readerUrl)
                    .extracting(
                            refused -> refused.getMessage().lines().findFirst().orElseThrow())
                    .isEqualTo("Cannot create the role " + database + "_r" + at + "permission denied to create role");
            assertThatThrownBy(theirs::drop).hasMessage("Cannot drop the database " + database + notOwner);
            execute(connection, "DROP ROLE weak");
        }
    }

    @Test
    void a_session_that_cannot_be_ended_is_reported_and_so_is_a_role_that_cannot_be_dropped() throws SQLException {
        try (ExternalDatabase database = databases.create("acme");
                Connection connection = server.connect()) {
            execute(connection, "CREATE ROLE owner LOGIN PASSWORD 'geheim'");
            execute(connection, "ALTER DATABASE " + database + " OWNER TO owner");
            PostgresUrl owner = PostgresUrl.parse(server.url()).of("owner", "geheim");
            String at = " on the Postgres server at 127.0.0.1:" + server.port() + ": ERROR: ";

            try (Connection superuser = database.connect()) {
                assertThat(ask(superuser, "SELECT 1")).isEqualTo("1");
                assertThatThrownBy(() -> new DatabaseServer(owner, new ManualTime()).close(database.name()))
                        .isInstanceOf(NotInTimeError.class)
                        .hasMessage("""
                            every session of %s ends: not within 10 s
                              expected:        no session
                              last value:      none, no attempt gave one
                              waited:          10 s, 48 attempts, 48 of them with an exception
                              first exception: after 0 ms (attempt 1): dev.tideline.testkit.ExternalDatabaseException: Cannot end the sessions of %<s%s\
                            must be a superuser to terminate superuser process
                              last exception:  after 10 s (attempt 48): the same\
                            """.formatted(database, at));
            }
            assertThatThrownBy(() -> new DatabaseServer(owner).drop(database.name()))
                    .hasMessage("Cannot drop the role " + database + "_r" + at + "permission denied to drop role");
            execute(connection, "DROP ROLE owner");
        }
    }

    private static String name(DatabaseOwner owner) {
        return new DatabaseName("acme", owner, DatabaseName.create("x").token()).toString();
    }
}
