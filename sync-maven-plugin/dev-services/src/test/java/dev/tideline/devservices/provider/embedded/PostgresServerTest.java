package dev.tideline.devservices.provider.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.process.FileTree;
import dev.tideline.devservices.process.ProcessIdentity;
import dev.tideline.devservices.process.UnprivilegedLaunch;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PostgresServerTest {

    private static final Path JARS = Path.of("target/postgres-jars");

    @TempDir
    Path folder;

    static Stream<Integer> majors() {
        return IntStream.rangeClosed(13, 18).boxed();
    }

    @ParameterizedTest(name = "Postgres {0}")
    @MethodSource("majors")
    void every_major_starts_answers_and_stops_in_a_path_with_a_blank(int major) throws Exception {
        PostgresServer server =
                fast(major).dataDirectory(folder.resolve("a blank/data")).build();
        try (server) {
            server.start();
            assertThat(ask(server, "SHOW server_version_num")).startsWith(Integer.toString(major));
            assertThat(ask(server, "SHOW wal_level")).isEqualTo("logical");
            assertThat(ask(server, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(ask(server, "SHOW log_timezone")).isEqualTo("UTC");
            assertThat(ask(server, "SELECT lower('É') || ('a' < 'B')")).isEqualTo("éfalse");
        }
        assertThat(server.isRunning()).isFalse();
    }

    @Test
    @EnabledIf("callerIsRoot")
    void as_nobody_it_runs_in_a_folder_that_only_root_may_enter() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
        Path cache = Files.createTempDirectory(Path.of("/var/tmp"), "tideline-test");
        Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path jar = Path.of("target/postgres-jars")
                .resolve(PostgresPlatform.current().artifactId() + "-" + PostgresVersions.newest() + ".jar");
        try (PostgresServer server = PostgresServer.builder()
                .binaries(PostgresBinaries.fromJar(jar, cache))
                .dataDirectory(home.resolve("data"))
                .durability(Durability.FAST)
                .launch(UnprivilegedLaunch.AS_NOBODY)
                .build()
                .start()) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
            assertThat(server.restart().isRunning()).isTrue();
        } finally {
            FileTree.delete(cache);
        }
    }

    static boolean callerIsRoot() throws Exception {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    @Test
    void the_password_is_asked_for() {
        try (PostgresServer server = fast(18).build().start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(
                            server.jdbcUrl("postgres").replace("password=postgres", "password=wrong")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
        }
    }

    @Test
    void data_survives_a_restart_on_the_same_port() throws Exception {
        try (PostgresServer server = fast(18).build().start()) {
            int port = server.port();
            long pid = server.pid();
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");

            server.restart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(server.pid()).isNotEqualTo(pid);
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    void a_killed_server_leaves_no_child_and_recovers_what_was_committed() throws Exception {
        try (PostgresServer server =
                fast(18).durability(Durability.DURABLE).build().start()) {
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            List<ProcessHandle> family = Stream.concat(
                            Stream.of(server.process()), server.process().descendants())
                    .toList();
            assertThat(family).hasSizeGreaterThan(3);

            server.kill();

            assertThat(family).noneMatch(ProcessIdentity::isAlive);
            assertThat(server.isRunning()).isFalse();
            server.start();
            assertThat(ask(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(server.logFile()).content().contains("database system was interrupted");
        }
    }

    @ParameterizedTest
    @MethodSource
    void stops_in_every_mode(StopMode mode) {
        PostgresServer server = fast(18).build().start();
        server.stop(mode);
        assertThat(server.isRunning()).isFalse();
    }

    static Stream<StopMode> stops_in_every_mode() {
        return Stream.of(StopMode.values());
    }

    @Test
    void another_object_with_the_same_data_directory_finds_and_stops_the_server() {
        PostgresServer first = fast(18).build().start();
        PostgresServer second = fast(18).build();

        assertThat(second.pid()).isEqualTo(first.pid());
        assertThat(second.port()).isEqualTo(first.port());
        second.start();
        assertThat(second.pid()).isEqualTo(first.pid());
        second.stop();
        assertThat(first.isRunning()).isFalse();
    }

    @Test
    void settings_of_the_user_win_over_ours() throws Exception {
        try (PostgresServer server = fast(18).setting("wal_level", "replica")
                .setting("work_mem", "7MB")
                .setting("search_path", "o'clock, public")
                .build()
                .start()) {
            assertThat(ask(server, "SHOW wal_level")).isEqualTo("replica");
            assertThat(ask(server, "SHOW work_mem")).isEqualTo("7MB");
            assertThat(ask(server, "SHOW search_path")).isEqualTo("o'clock, public");
            assertThat(ask(server, "SHOW fsync")).isEqualTo("off");
        }
    }

    @Test
    void durable_is_the_default_and_the_token_can_be_asked_for() throws Exception {
        try (PostgresServer server = PostgresServer.builder()
                .binaries(PostgresBinaries.in(JARS, 18))
                .dataDirectory(folder.resolve("data"))
                .token("abc123")
                .build()
                .start()) {
            assertThat(ask(server, "SHOW fsync")).isEqualTo("on");
            assertThat(ask(server, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(ask(server, "SHOW tideline.token")).isEqualTo("abc123");
        }
    }

    @Test
    void two_servers_do_not_share_a_system_identifier() throws Exception {
        try (PostgresServer one =
                        fast(18).dataDirectory(folder.resolve("one")).build().start();
                PostgresServer two =
                        fast(18).dataDirectory(folder.resolve("two")).build().start()) {
            String identifier = "SELECT system_identifier FROM pg_control_system()";
            assertThat(ask(one, identifier)).isNotEqualTo(ask(two, identifier));
        }
    }

    @Test
    void a_pid_file_whose_pid_is_now_another_process_is_forgotten() throws Exception {
        PostgresServer server = fast(18).build().start();
        server.kill();
        Path pidFile = folder.resolve("data/postmaster.pid");
        List<String> lines = Files.readAllLines(pidFile);
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(pidFile, lines);

        assertThat(server.isRunning()).isFalse();
        try (server) {
            server.start();
            assertThat(server.pid()).isNotEqualTo(ProcessHandle.current().pid());
        }
    }

    @Test
    void a_port_in_use_is_reported_with_the_end_of_the_log() throws Exception {
        try (ServerSocket foreign = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            PostgresServer server = fast(18).port(foreign.getLocalPort()).build();
            assertThatThrownBy(server::start)
                    .isInstanceOf(DevServicesException.class)
                    .hasMessageStartingWith(
                            "Postgres on port " + foreign.getLocalPort() + " ended while it started\nData: ")
                    .hasMessageContaining("Address already in use");
            assertThat(server.isRunning()).isFalse();
        }
    }

    @Test
    void data_of_another_major_is_kept_and_both_ways_out_are_named() {
        Path data = folder.resolve("data").toAbsolutePath();
        fast(15).build().start().stop();

        assertThatThrownBy(() -> fast(16).build().start())
                .isInstanceOf(DevServicesException.class)
                .hasMessage("The data in " + data
                        + " was created by Postgres 15, and the service asks for 16."
                        + " Ask for version 15, or delete the data with `mvn sync:clean` and start again.");
        assertThat(data.resolve("PG_VERSION")).exists();
    }

    @Test
    void a_folder_with_other_files_is_not_touched() throws Exception {
        Path data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("letter.txt"), "mine");

        assertThatThrownBy(() -> fast(18).build().start())
                .isInstanceOf(DevServicesException.class)
                .hasMessage(data.toAbsolutePath() + " is neither empty nor a Postgres data directory."
                        + " Choose another dataDirectory, or empty this one.");
        assertThat(data.resolve("letter.txt")).hasContent("mine");
    }

    @Test
    void a_half_made_cluster_is_made_again() throws Exception {
        Path half = Files.createDirectories(folder.resolve("data.initdb-killed"));
        Files.writeString(half.resolve("PG_VERSION"), "18\n");
        try (PostgresServer server = fast(18).build().start()) {
            assertThat(ask(server, "SELECT 1")).isEqualTo("1");
        }
        assertThat(half).doesNotExist();
    }

    @Test
    void a_bad_setting_is_reported_with_the_end_of_the_log() {
        assertThatThrownBy(() -> fast(18).setting("work_mem", "much").build().start())
                .isInstanceOf(DevServicesException.class)
                .hasMessageContaining("ended while it started")
                .hasMessageContaining("invalid value for parameter \"work_mem\": \"much\"");
    }

    private PostgresServer.Builder fast(int major) {
        return PostgresServer.builder()
                .binaries(PostgresBinaries.in(JARS, major))
                .dataDirectory(folder.resolve("data"))
                .durability(Durability.FAST)
                .startTimeout(Duration.ofSeconds(60));
    }

    private static String ask(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl("postgres"));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
