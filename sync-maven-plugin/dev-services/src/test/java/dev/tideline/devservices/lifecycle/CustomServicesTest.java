package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.BuildImageResultCallback;
import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import dev.tideline.devservices.workspace.WorkspaceServices;
import dev.tideline.ports.Workspace;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Services of the user's own, of which Tideline knows nothing but image, port and when they are ready. */
@ExtendWith(TestEngine.class)
class CustomServicesTest {

    private static final Map<String, String> PASSWORD = Map.of("POSTGRES_PASSWORD", "secret");

    @TempDir
    Path folder;

    private final RecordingProgress progress = new RecordingProgress();
    private TestWorkspace workspace;

    @BeforeEach
    void make_a_workspace_with_a_blank_in_its_path() throws Exception {
        workspace = workspace("my work");
    }

    @AfterEach
    void delete_everything() {
        services(workspace).clean();
    }

    @Test
    void one_runs_on_a_port_of_the_block_with_the_lifecycle_of_the_others() throws Exception {
        ServiceRecord first = workspace
                .startCustom(progress, "one", TestEngine.custom("tracing"))
                .get(0);
        int port = first.ports().get("tracing");

        assertThat(port / 100).isEqualTo(workspace.prefix());
        assertThat(port)
                .isEqualTo(Workspace.at(workspace.root()).ports().port("tracing") % 100 + workspace.prefix() * 100);
        assertThat(status(port)).isEqualTo(200);
        assertThat(Arrays.asList(TestEngine.client()
                        .inspectContainerCmd(container("tracing"))
                        .exec()
                        .getConfig()
                        .getEnv()))
                .contains("SHADE=teal");
        WorkspaceServices whole = workspace.whole(progress, TestEngine.custom("tracing"));
        assertThat(Exports.of(whole.ports(), List.of(TestEngine.custom("tracing")), List.of(first))
                        .properties())
                .containsEntry("tideline.port.tracing", Integer.toString(port))
                .containsEntry("tideline.tracing.host", "127.0.0.1")
                .containsEntry("tideline.tracing.port", Integer.toString(port))
                .containsEntry("tideline.tracing.url", "http://127.0.0.1:" + port)
                .containsEntry("tideline.tracing.log", first.log().toString());
        assertThat(workspace.startCustom(progress, "two", TestEngine.custom("tracing")))
                .containsExactly(first);

        DevServices services = services(workspace);
        services.pause("tracing");
        assertThat(services.status().get(0).detail()).isEqualTo("it was stopped on the launchpad");
        assertThat(workspace
                        .startCustom(progress, "two", TestEngine.custom("tracing"))
                        .get(0)
                        .token())
                .isEqualTo(first.token());
        services.restart("tracing", Duration.ofSeconds(60));
        assertThat(status(port)).isEqualTo(200);
        assertThat(services.status())
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY))
                .satisfies(status -> assertThat(status.users()).containsExactlyInAnyOrder("build one", "build two"));

        assertThat(services.stop()).containsExactly("tracing");
        assertThat(containers(workspace)).isEmpty();
        assertThat(first.log()).exists();
        assertThat(services(workspace).clean()).isEmpty();
        assertThat(first.log()).doesNotExist();
    }

    @Test
    void each_way_to_wait_is_waited_for() throws Exception {
        String checked = build("HEALTHCHECK --interval=1s CMD pg_isready -h 127.0.0.1");
        try {
            workspace.startCustom(
                    progress,
                    "one",
                    ServiceSpec.custom("door", TestEngine.image("mail"), Map.of(), 2500, ""),
                    ServiceSpec.custom(
                            "shelf", TestEngine.image("postgres"), PASSWORD, 5432, "log:ready to accept connections"),
                    ServiceSpec.custom("clinic", checked, PASSWORD, 5432, "healthy"));

            assertThat(services(workspace).status())
                    .hasSize(3)
                    .allSatisfy(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
            assertThat(TestEngine.client()
                            .inspectContainerCmd(container("clinic"))
                            .exec()
                            .getState()
                            .getHealth()
                            .getStatus())
                    .isEqualTo("healthy");
        } finally {
            services(workspace).clean();
            TestEngine.client().removeImageCmd(checked).withForce(true).exec();
        }
    }

    @Test
    void one_that_is_never_ready_ends_with_its_log_and_leaves_nothing() {
        ServiceSpec shelf = ServiceSpec.custom(
                "shelf", TestEngine.image("postgres"), PASSWORD, 5432, "log:ready to accept rejections");
        List<ServiceSpec> specs = List.of(shelf);
        StartRequest request =
                new StartRequest(specs, TestWorkspace.user("one", List.of("shelf")), Duration.ofSeconds(4));

        assertThatThrownBy(() -> workspace
                        .whole(progress, shelf)
                        .services("embedded", specs)
                        .start(request))
                .isInstanceOf(DevServicesException.class)
                .hasMessageMatching("(?s)Service shelf on port \\d+ is not ready: container " + container("shelf")
                        + " \\(.+\\) was not ready within 4 s \\(its log has not shown 'ready to accept rejections'\\)\\."
                        + "\nEnd of its log, kept in .+shelf\\.log:\n  .*database.*");
        assertThat(containers(workspace)).isEmpty();
        assertThat(services(workspace).known()).isEmpty();
    }

    @Test
    void a_port_on_which_nothing_listens_is_not_ready_although_docker_takes_connections_there() {
        ServiceSpec door = ServiceSpec.custom("door", TestEngine.image("mail"), Map.of(), 2599, "tcp");
        StartRequest request =
                new StartRequest(List.of(door), TestWorkspace.user("one", List.of("door")), Duration.ofSeconds(3));

        assertThatThrownBy(() -> workspace
                        .whole(progress, door)
                        .services("embedded", List.of(door))
                        .start(request))
                .hasMessageContaining("was not ready within 3 s");
    }

    @Test
    void a_health_check_that_the_image_does_not_have_is_named_with_the_other_ways() {
        ServiceSpec shelf = ServiceSpec.custom("shelf", TestEngine.image("postgres"), PASSWORD, 5432, "healthy");

        assertThatThrownBy(() -> workspace.startCustom(progress, "one", shelf))
                .isInstanceOf(DevServicesException.class)
                .hasMessage(
                        "Service shelf has <wait>healthy</wait>, but the image " + TestEngine.image("postgres")
                                + " has no HEALTHCHECK. Give <wait>tcp</wait>, <wait>http:/path</wait> or <wait>log:text</wait>.");
    }

    @Test
    void an_image_that_is_missing_is_named_with_what_to_do() {
        String absent = "local/there-is-no-such-image:1";

        assertThatThrownBy(() -> workspace.startCustom(
                        progress, "one", ServiceSpec.custom("redis", absent, Map.of(), 6379, "tcp")))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("The image " + absent
                        + " of service redis is not on this machine and is not pulled, because Maven is offline.\nDo one of"
                        + " these: run `docker pull " + absent
                        + "` where a registry is reached; name another image with"
                        + " <image> in the POM or -Dtideline.image.redis=…; leave the service out.");
    }

    @Test
    void two_workspaces_run_the_same_one_at_once() throws Exception {
        TestWorkspace other = workspace("other");
        try {
            int here = workspace
                    .startCustom(progress, "one", TestEngine.custom("tracing"))
                    .get(0)
                    .ports()
                    .get("tracing");
            int there = other.startCustom(progress, "one", TestEngine.custom("tracing"))
                    .get(0)
                    .ports()
                    .get("tracing");
            assertThat(here % 100).isEqualTo(there % 100);
            services(workspace).stop();
            assertThat(status(there)).isEqualTo(200);
        } finally {
            services(other).clean();
        }
    }

    @Test
    void a_killed_build_leaves_nothing_that_the_next_start_and_stop_do_not_clear() throws Exception {
        long seed = Long.getLong("tideline.test.seed", System.nanoTime());
        int millis = new Random(seed).nextInt(3000);
        StarterProcess halfWay = StarterProcess.begin(workspace, "custom", "tracing");
        halfWay.process().waitFor(millis, TimeUnit.MILLISECONDS);
        halfWay.kill();
        workspace.startCustom(progress, "one", TestEngine.custom("tracing"));
        String where = "killed after " + millis + " ms, seed " + seed + ", told " + progress.told;
        assertThat(services(workspace).status())
                .as(where)
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
        services(workspace).stop();

        StarterProcess.begin(workspace, "custom", "tracing").awaitStarted().kill();
        workspace.startCustom(
                progress, "one", ServiceSpec.custom("door", TestEngine.image("mail"), Map.of(), 2500, "tcp"));
        assertThat(containers(workspace)).as(where).containsExactly("/" + container("door"));
        services(workspace).stop();
        assertThat(containers(workspace)).as(where).isEmpty();
    }

    private TestWorkspace workspace(String name) throws Exception {
        return TestWorkspace.at(Files.createDirectories(folder.resolve(name)));
    }

    private DevServices services(TestWorkspace of) {
        return of.whole(progress).services();
    }

    private String container(String service) {
        return "tideline-" + workspace.prefix() + "-" + service;
    }

    private static List<String> containers(TestWorkspace of) {
        return TestEngine.client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of("dev.tideline.workspace=" + of.root()))
                .exec()
                .stream()
                .map(container -> container.getNames()[0])
                .toList();
    }

    private String build(String line) throws Exception {
        Path dockerfile = Files.writeString(
                Files.createDirectories(folder.resolve("image")).resolve("Dockerfile"),
                "FROM " + TestEngine.image("postgres") + "\n" + line + "\n");
        return TestEngine.client()
                .buildImageCmd(dockerfile.toFile())
                .exec(new BuildImageResultCallback())
                .awaitImageId();
    }

    private static int status(int port) throws Exception {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
