package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.process.ProcessIdentity;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.ports.PortConfigException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DevServicesTest extends InAWorkspace {

    @Test
    void services_end_with_their_last_user_and_not_before() {
        workspace.start(progress, "one", "postgres");
        ServiceRecord record = workspace.start(progress, "two", "postgres").get(0);
        DevServices services = workspace.services(progress);

        assertThat(services.release(TestWorkspace.user("one", List.of()))).isEmpty();
        assertThat(services.isAlive(record)).isTrue();
        assertThat(services.release(TestWorkspace.user("two", List.of()))).containsExactly("postgres");
        assertThat(services.isAlive(record)).isFalse();
        assertThat(services.known()).isEmpty();
    }

    @Test
    void what_the_command_line_started_outlives_builds_until_stop() {
        workspace.start(progress, "command line", "postgres");
        workspace.start(progress, "one", "postgres");
        DevServices services = workspace.services(progress);

        assertThat(services.releaseThisProcess()).isEmpty();
        assertThat(services.status())
                .singleElement()
                .satisfies(status -> assertThat(status.users()).containsExactly("the command line"))
                .satisfies(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
        assertThat(services.stop()).containsExactly("postgres");
    }

    @Test
    void a_healthy_service_is_reused_and_said_so() {
        ServiceRecord first = workspace.start(progress, "one", "postgres").get(0);
        ServiceRecord second = workspace.start(progress, "two", "postgres").get(0);

        assertThat(second.handle()).isEqualTo(first.handle());
        assertThat(progress.told).last().isEqualTo("postgres: reused, 18.6.0 on port " + workspace.prefix() + "28");
    }

    @Test
    void what_a_killed_build_left_is_reused_if_wanted_and_swept_if_not() throws Exception {
        StarterProcess build =
                StarterProcess.begin(workspace, "embedded", "postgres").awaitStarted();
        ServiceRecord left = workspace.services(progress).known().get(0);
        build.kill();
        assertThat(workspace.services(progress).isAlive(left)).isTrue();

        ServiceRecord reused = workspace.start(progress, "one", "postgres").get(0);
        assertThat(reused.handle()).isEqualTo(left.handle());
        assertThat(progress.told)
                .anyMatch(told ->
                        told.startsWith("build killed (pid ") && told.endsWith("ended without stopping its services."));
        workspace.services(progress).release(TestWorkspace.user("one", List.of()));
        assertThat(workspace.services(progress).isAlive(left)).isFalse();

        StarterProcess second =
                StarterProcess.begin(workspace, "embedded", "postgres").awaitStarted();
        ServiceRecord unwanted = workspace.services(progress).known().get(0);
        second.kill();
        workspace.start(progress, "one", "external-postgres");
        assertThat(workspace.services(progress).isAlive(unwanted)).isFalse();
        assertThat(progress.told).contains("Stopped postgres, which a killed build had left behind.");
    }

    @Test
    void data_that_a_build_was_making_when_it_was_killed_is_created_again() throws Exception {
        Path scripts = Files.createDirectories(folder.resolve("sql"));
        Files.writeString(scripts.resolve("1.sql"), "CREATE TABLE colour AS SELECT 'red' AS name");
        Path slow = Files.writeString(scripts.resolve("2.sql"), "SELECT pg_sleep(600)");
        StarterProcess build = StarterProcess.begin(workspace, "embedded", "postgres=" + scripts);
        assertThat(Poll.untilTrue(Duration.ofSeconds(30), () -> colours().equals("red")))
                .isTrue();
        build.kill();

        Files.writeString(slow, "INSERT INTO colour VALUES ('blue')");
        ServiceSpec spec =
                new ServiceSpec("postgres", "", "", Map.of(), Map.of(), List.of(), Map.of(), List.of(scripts), false);
        workspace.services(progress).start(TestWorkspace.request("one", List.of(spec)));

        assertThat(colours()).isEqualTo("red,blue");
        assertThat(progress.told)
                .contains(
                        "postgres was left by a killed build with its data incomplete: it is replaced.",
                        "The data of postgres is created again, because the start that was creating it did not finish.");
    }

    @Test
    void a_second_build_says_whom_it_waits_for_and_continues_when_that_one_is_gone() throws Exception {
        Path slow = Files.writeString(folder.resolve("slow.sql"), "SELECT pg_sleep(600)");
        StarterProcess first = StarterProcess.begin(workspace, "embedded", "postgres=" + slow);
        Path root = workspace.state().root();
        assertThat(Poll.untilTrue(Duration.ofSeconds(30), () -> Files.exists(root.resolve("lock.holder"))))
                .isTrue();

        CompletableFuture<List<ServiceRecord>> second =
                CompletableFuture.supplyAsync(() -> workspace.start(progress, "two", "postgres"));
        assertThat(Poll.untilTrue(Duration.ofSeconds(30), () -> !progress.told.isEmpty()))
                .isTrue();
        assertThat(progress.told)
                .containsExactly("Waiting for pid " + first.process().pid()
                        + " (starting services for build killed), which holds " + root + ".");
        first.kill();
        assertThat(second.get(60, TimeUnit.SECONDS)).hasSize(1);
    }

    @Test
    void a_service_whose_starter_died_before_it_noted_the_pid_is_found_by_its_token() {
        ServiceRecord record = workspace.start(progress, "one", "postgres").get(0);
        workspace.state().write(withProcess(record, OptionalLong.empty(), record.startedAt()));

        assertThat(workspace.services(progress).stop()).containsExactly("postgres");
        assertThat(workspace.services(progress).isAlive(record)).isFalse();
    }

    @Test
    void a_pid_that_now_belongs_to_another_process_is_never_ended() throws Exception {
        Process innocent = new ProcessBuilder("sleep", "60").start();
        try {
            ServiceRecord record = workspace.start(progress, "one", "postgres").get(0);
            workspace.services(progress).stop();
            workspace
                    .state()
                    .write(withProcess(
                            record, OptionalLong.of(innocent.pid()), ProcessIdentity.startOf(innocent.toHandle())));

            workspace.services(progress).stop();

            assertThat(innocent.isAlive()).isTrue();
            assertThat(workspace.services(progress).known()).isEmpty();
        } finally {
            innocent.destroyForcibly();
        }
    }

    @Test
    void other_settings_replace_a_service_unless_another_build_uses_it() {
        ServiceSpec other = TestWorkspace.spec("postgres", Map.of("work_mem", "5MB"));
        ServiceRecord first = workspace.start(progress, "one", "postgres").get(0);
        DevServices services = workspace.services(progress);

        assertThatThrownBy(() -> services.start(TestWorkspace.request("two", List.of(other))))
                .isInstanceOf(DevServicesException.class)
                .hasMessage(
                        "Service postgres runs with other settings than wanted, but it cannot be replaced: it is in use"
                                + " by build one (pid "
                                + ProcessHandle.current().pid() + "). Wait until that build has ended, or use"
                                + " another prefix (-Dtideline.portPrefix=auto).");
        ServiceRecord replaced =
                services.start(TestWorkspace.request("one", List.of(other))).get(0);
        assertThat(replaced.handle()).isNotEqualTo(first.handle());
        assertThat(progress.told).contains("postgres runs with other settings than wanted: it is replaced.");
    }

    @Test
    void a_taken_port_is_reported_before_anything_starts() throws Exception {
        int port = workspace.prefix() * 100 + 32;
        try (ServerSocket foreign = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> workspace.start(progress, "one", "postgres", "external-postgres"))
                    .isInstanceOf(PortConfigException.class)
                    .hasMessageStartingWith(
                            "Nothing was started, because a port is taken:\n  external-postgres needs port " + port
                                    + ", which is taken by ");
            assertThat(foreign.isBound()).isTrue();
        }
        assertThat(workspace.services(progress).known()).isEmpty();
        assertThat(workspace.state().users()).isEmpty();
    }

    @Test
    void if_one_of_two_cannot_start_none_stays() {
        ServiceSpec good = TestWorkspace.spec("postgres", Map.of());
        ServiceSpec bad = TestWorkspace.spec("external-postgres", Map.of("work_mem", "much"));

        assertThatThrownBy(() -> workspace.services(progress).start(TestWorkspace.request("one", List.of(good, bad))))
                .isInstanceOf(DevServicesException.class)
                .hasMessageContaining("invalid value for parameter \"work_mem\": \"much\"");
        assertThat(workspace.services(progress).known()).isEmpty();
        assertThat(workspace.state().users()).isEmpty();
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .noneMatch(child -> child.info()
                        .commandLine()
                        .orElse("")
                        .contains(workspace.root().toString()));
    }

    @Test
    void a_failing_script_is_named_and_the_next_start_begins_afresh() throws Exception {
        Path script = folder.resolve("schema.sql");
        Files.writeString(script, "CREATE TABLE a (); CREATE TABEL b ();");
        ServiceSpec spec =
                new ServiceSpec("postgres", "", "", Map.of(), Map.of(), List.of(), Map.of(), List.of(script), false);
        assertThatThrownBy(() -> workspace.services(progress).start(TestWorkspace.request("one", List.of(spec))))
                .isInstanceOf(DevServicesException.class)
                .hasMessageStartingWith("The init script " + script
                        + ", line 1, failed on postgres: ERROR: syntax error at or near \"TABEL\"")
                .hasMessageEndingWith("Correct the script and start again; it then runs again from its beginning.");

        Files.writeString(script, "CREATE TABLE a (); CREATE TABLE b ();");
        assertThat(workspace.services(progress).start(TestWorkspace.request("one", List.of(spec))))
                .hasSize(1);
    }

    @Test
    void clean_deletes_data_and_logs() {
        ServiceRecord record =
                workspace.start(progress, "command line", "postgres").get(0);
        assertThat(workspace.services(progress).clean()).containsExactly("postgres");
        assertThat(record.data()).doesNotExist();
        assertThat(record.log()).doesNotExist();
        workspace.start(progress, "one", "postgres");
    }

    /** What the table has; the reason if it cannot be read. */
    private String colours() {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + workspace.prefix() + "28/postgres", "postgres", "postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT string_agg(name, ',') FROM colour")) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            return e.getMessage();
        }
    }

    private static ServiceRecord withProcess(ServiceRecord record, OptionalLong pid, Instant startedAt) {
        return new ServiceRecord(
                record.service(),
                record.provider(),
                record.version(),
                record.fingerprint(),
                record.token(),
                pid,
                startedAt,
                record.ports(),
                record.data(),
                record.log(),
                record.home());
    }
}
