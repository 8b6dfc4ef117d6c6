package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.tideline.devservices.loop.Poll;
import dev.tideline.devservices.provider.ServiceLog;
import dev.tideline.devservices.provider.docker.EngineAddress;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a user gets of services in containers. */
class DockerServicesTest extends InADockerWorkspace {

    @Test
    void each_service_is_a_container_of_known_name_with_labels_and_ports_on_loopback_only() {
        List<ServiceRecord> services =
                workspace.start(progress, "command line", "postgres", "external-postgres", "mail", "collector");

        DockerClient client = TestEngine.client();
        for (ServiceRecord service : services) {
            InspectContainerResponse container = client.inspectContainerCmd(workspace.container(service.service()))
                    .exec();
            assertThat(container.getConfig().getLabels())
                    .containsEntry("dev.tideline.product", "tideline")
                    .containsEntry("dev.tideline.workspace", root.toString())
                    .containsEntry(
                            "dev.tideline.prefix",
                            Integer.toString(workspace.usual().prefix()))
                    .containsEntry("dev.tideline.service", service.service())
                    .containsEntry("dev.tideline.token", service.token());
            List<String> bound = container.getNetworkSettings().getPorts().getBindings().values().stream()
                    .flatMap(bindings -> bindings == null ? java.util.stream.Stream.empty() : Arrays.stream(bindings))
                    .map(binding -> binding.getHostIp() + ":" + binding.getHostPortSpec())
                    .toList();
            assertThat(bound)
                    .containsExactlyInAnyOrderElementsOf(service.ports().values().stream()
                            .map(port -> "127.0.0.1:" + port)
                            .toList());
        }
        assertThat(workspace.services(progress).status())
                .hasSize(4)
                .allSatisfy(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
        assertThat(workspace.services(progress).stop())
                .containsExactlyInAnyOrder("postgres", "external-postgres", "mail", "collector");
        assertThat(containers()).isEmpty();
    }

    @Test
    void mail_goes_in_by_smtp_and_out_by_http() throws Exception {
        ServiceRecord mail = workspace.start(progress, "one", "mail").get(0);
        try (var socket = new java.net.Socket("127.0.0.1", mail.ports().get("smtp"))) {
            var in = new java.io.BufferedReader(new java.io.InputStreamReader(socket.getInputStream()));
            in.readLine();
            for (String line : List.of(
                    "HELO test",
                    "MAIL FROM:<shop@example.com>",
                    "RCPT TO:<jane@example.com>",
                    "DATA",
                    "Subject: Verify\r\n\r\nHello\r\n.",
                    "QUIT")) {
                socket.getOutputStream().write((line + "\r\n").getBytes());
                in.readLine();
            }
        }
        HttpRequest mailbox = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + mail.ports().get("mailbox") + "/api/v1/mailbox/jane"))
                .build();
        boolean arrived = Poll.untilTrue(Duration.ofSeconds(10), () -> {
            try {
                return HttpClient.newHttpClient()
                        .send(mailbox, HttpResponse.BodyHandlers.ofString())
                        .body()
                        .contains("\"Verify\"");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(arrived).isTrue();
    }

    @Test
    void databases_roles_scripts_and_settings_are_those_of_the_embedded_provider_and_scripts_run_once()
            throws Exception {
        Path script = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE colour AS SELECT 'red' AS name");
        ServiceSpec spec = new ServiceSpec(
                "postgres",
                "",
                TestEngine.image("postgres"),
                Map.of("work_mem", "5MB"),
                Map.of("TZ", "UTC"),
                List.of("shop"),
                Map.of("clerk", "secret"),
                List.of(script),
                true);
        start(spec);
        assertThat(ask("postgres", "postgres", "postgres", "SHOW work_mem")).isEqualTo("5MB");
        assertThat(ask("postgres", "postgres", "postgres", "SHOW wal_level")).isEqualTo("logical");
        assertThat(ask("postgres", "postgres", "postgres", "SHOW fsync")).isEqualTo("on");
        assertThat(ask("postgres", "postgres", "postgres", "SELECT lower('É') || ('a' < 'B')"))
                .isEqualTo("éfalse");
        assertThat(ask("shop", "clerk", "secret", "SELECT current_user")).isEqualTo("clerk");

        workspace.services(progress).stop();
        start(spec);
        assertThat(ask("postgres", "postgres", "postgres", "SELECT count(*) FROM colour"))
                .isEqualTo("1");

        workspace.services(progress).clean();
        assertThat(volumes()).isEmpty();
        start(spec);
        assertThat(ask("postgres", "postgres", "postgres", "SELECT count(*) FROM colour"))
                .isEqualTo("1");
    }

    @Test
    void scripts_run_again_if_the_volume_was_deleted_by_hand() throws Exception {
        Path script = Files.writeString(folder.resolve("schema.sql"), "CREATE TABLE colour AS SELECT 'red' AS name");
        ServiceSpec spec = new ServiceSpec(
                "postgres",
                "",
                TestEngine.image("postgres"),
                Map.of(),
                Map.of(),
                List.of(),
                Map.of(),
                List.of(script),
                false);
        start(spec);
        workspace.services(progress).stop();
        volumes().forEach(name -> TestEngine.client().removeVolumeCmd(name).exec());
        start(spec);
        assertThat(ask("postgres", "postgres", "postgres", "SELECT count(*) FROM colour"))
                .isEqualTo("1");
    }

    @Test
    void a_healthy_container_is_reused_and_one_with_other_settings_replaced() {
        ServiceRecord first = workspace.start(progress, "one", "postgres").get(0);
        ServiceRecord second = workspace.start(progress, "two", "postgres").get(0);
        assertThat(second).isEqualTo(first);
        assertThat(progress.told)
                .last()
                .asString()
                .matches("postgres: reused, .+ \\([0-9a-f]{12}\\) on port "
                        + workspace.usual().prefix() + "28");

        workspace.services(progress).release(TestWorkspace.user("two", List.of()));
        ServiceRecord replaced = workspace
                .services(progress)
                .start(TestWorkspace.request("one", List.of(TestEngine.spec("postgres", Map.of("work_mem", "9MB")))))
                .get(0);
        assertThat(replaced.token()).isNotEqualTo(first.token());
        assertThat(progress.told).contains("postgres runs with other settings than wanted: it is replaced.");
    }

    @Test
    void a_database_does_not_wait_for_its_clients_to_end_whatever_signal_its_image_asks_for() throws Exception {
        Path dockerfile = Files.writeString(
                Files.createDirectories(folder.resolve("image")).resolve("Dockerfile"),
                "FROM " + TestEngine.image("postgres") + "\nSTOPSIGNAL SIGTERM\n");
        String image = TestEngine.client()
                .buildImageCmd(dockerfile.toFile())
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        try {
            start(new ServiceSpec("postgres", "", image, Map.of(), Map.of(), List.of(), Map.of(), List.of(), false));
            ServiceRecord record = workspace.services(progress).known().get(0);
            try (Connection client = connect("postgres", "postgres", "postgres")) {
                long begin = System.nanoTime();
                workspace.services(progress).stop();
                // Postgres would be given 20 s for its clients.
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
                assertThat(client.isValid(1)).isFalse();
            }
            start(new ServiceSpec("postgres", "", image, Map.of(), Map.of(), List.of(), Map.of(), List.of(), false));
            workspace.services(progress).stop();
            assertThat(record.log()).content().doesNotContain("was not properly shut down");
        } finally {
            workspace.services(progress).clean();
            TestEngine.client().removeImageCmd(image).withForce(true).exec();
        }
    }

    @Test
    void a_database_is_shut_down_cleanly_by_stop_and_its_last_words_are_kept() throws Exception {
        ServiceRecord record = workspace.start(progress, "one", "postgres").get(0);
        ask("postgres", "postgres", "postgres", "CREATE TABLE colour AS SELECT 'red' AS name; SELECT 1");
        workspace.services(progress).stop();
        assertThat(record.log()).content().endsWith("LOG:  database system is shut down\n");

        workspace.start(progress, "one", "postgres");
        assertThat(ask("postgres", "postgres", "postgres", "SELECT name FROM colour"))
                .isEqualTo("red");
        workspace.services(progress).stop();
        assertThat(record.log()).content().doesNotContain("was not properly shut down");
    }

    @Test
    void an_engine_behind_a_port_is_as_good_as_one_behind_a_socket() throws Exception {
        try (EngineProxy proxy = EngineProxy.onTcp()) {
            EngineAddress address = proxy.address();
            DockerWorkspace behind = new DockerWorkspace(workspace.usual(), () -> address);
            ServiceRecord record = behind.start(progress, "one", "postgres").get(0);
            assertThat(behind.services(progress).status())
                    .singleElement()
                    .satisfies(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));

            assertThat(behind.services(progress).stop()).containsExactly("postgres");
            assertThat(record.log()).content().endsWith("LOG:  database system is shut down\n");
            assertThat(containers()).isEmpty();
        }
    }

    @Test
    void two_prefixes_run_side_by_side() throws Exception {
        int prefix = TestWorkspace.at(Files.createDirectory(folder.resolve("claims another prefix")))
                .prefix();
        DockerWorkspace other = new DockerWorkspace(new TestWorkspace(root, prefix), TestEngine::address);
        try {
            workspace.start(progress, "one", "postgres");
            other.start(progress, "one", "postgres");
            workspace.services(progress).stop();
            assertThat(other.services(progress).status())
                    .singleElement()
                    .satisfies(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
        } finally {
            other.services(progress).clean();
        }
    }

    @Test
    void the_log_is_read_while_it_grows_and_is_kept_afterwards() throws Exception {
        ServiceRecord record = workspace.start(progress, "one", "postgres").get(0);
        List<String> read = new ArrayList<>();
        try (ServiceLog log = workspace.services(progress).log(record)) {
            assertThat(log.tail(1000)).anyMatch(line -> line.contains("ready to accept connections"));
            assertThat(log.tail(3)).hasSizeLessThanOrEqualTo(3);
            ask("postgres", "postgres", "postgres", "DO $$ BEGIN RAISE LOG 'first call'; END $$; SELECT 1");
            assertThat(Poll.untilTrue(Duration.ofSeconds(10), () -> {
                        read.addAll(log.added());
                        return read.stream().anyMatch(line -> line.contains("first call"));
                    }))
                    .isTrue();
            ask("postgres", "postgres", "postgres", "DO $$ BEGIN RAISE LOG 'second call'; END $$; SELECT 1");
            assertThat(Poll.untilTrue(Duration.ofSeconds(10), () -> {
                        read.addAll(log.added());
                        return read.stream().anyMatch(line -> line.contains("second call"));
                    }))
                    .isTrue();
            assertThat(read).noneMatch(line -> line.contains("ready to accept connections"));
            assertThat(read.stream().filter(line -> line.contains("LOG:  first call")))
                    .hasSize(1);
        }
        workspace.services(progress).stop();
        assertThat(record.log()).content().contains("first call").contains("ready to accept connections");
    }

    private void start(ServiceSpec spec) {
        workspace.services(progress).start(TestWorkspace.request("one", List.of(spec)));
    }

    private List<String> volumes() {
        return TestEngine.client()
                .listVolumesCmd()
                .withFilter("label", List.of("dev.tideline.workspace=" + root))
                .exec()
                .getVolumes()
                .stream()
                .map(volume -> volume.getName())
                .toList();
    }

    private String ask(String database, String user, String password, String sql) throws Exception {
        try (Connection connection = connect(database, user, password);
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }

    private Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + workspace.usual().prefix() + "28/" + database, user, password);
    }
}
