package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import dev.tideline.devservices.DevServicesException;
import dev.tideline.devservices.provider.docker.DockerProvider;
import dev.tideline.devservices.provider.docker.EngineAddress;
import dev.tideline.devservices.provider.docker.EngineGoneException;
import dev.tideline.devservices.provider.docker.PullProgress;
import dev.tideline.devservices.service.ServiceCatalogue;
import dev.tideline.devservices.service.ServiceRecord;
import dev.tideline.devservices.service.ServiceSpec;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What can go wrong with containers, and what is said then. */
class DockerFaultsTest extends InADockerWorkspace {

    @Test
    void a_container_killed_by_hand_is_reported_by_status_and_replaced_by_the_next_start_with_its_data() {
        ServiceRecord first = workspace.start(progress, "one", "postgres").get(0);
        TestEngine.client().killContainerCmd(workspace.container("postgres")).exec();

        assertThat(workspace.services(progress).status())
                .singleElement()
                .satisfies(status -> assertThat(status.detail())
                        .isEqualTo("its container " + workspace.container("postgres") + " ended with exit code 137"));
        ServiceRecord second = workspace.start(progress, "one", "postgres").get(0);
        assertThat(second.token()).isNotEqualTo(first.token());
        assertThat(workspace.services(progress).status())
                .singleElement()
                .satisfies(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
    }

    @Test
    void a_container_removed_by_hand_is_reported_by_status_and_does_not_disturb_stop() {
        workspace.start(progress, "one", "mail");
        TestEngine.client()
                .removeContainerCmd(workspace.container("mail"))
                .withForce(true)
                .exec();

        assertThat(workspace.services(progress).status())
                .singleElement()
                .satisfies(status -> assertThat(status.detail())
                        .isEqualTo("its container " + workspace.container("mail") + " is gone"));
        assertThat(workspace.services(progress).stop()).containsExactly("mail");
    }

    @Test
    void a_start_that_fails_ends_with_the_log_and_leaves_nothing() {
        ServiceSpec good = TestEngine.spec("mail", Map.of());
        ServiceSpec bad = TestEngine.spec("postgres", Map.of("work_mem", "much"));
        String log = workspace.usual().state().logOf("postgres").toString();

        assertThatThrownBy(() -> workspace.services(progress).start(TestWorkspace.request("one", List.of(good, bad))))
                .isInstanceOf(DevServicesException.class)
                .hasMessageMatching("(?s)Service postgres on port \\d+ is not ready: container "
                        + workspace.container("postgres")
                        + " \\(.+\\) ended with exit code 1 while it started\\.\nEnd of its log, kept in "
                        + log.replace(".", "\\.") + ":\n  .*invalid value for parameter \"work_mem\": \"much\".*");
        assertThat(containers()).isEmpty();
        assertThat(workspace.services(progress).known()).isEmpty();
        assertThat(Path.of(log)).content().contains("\"work_mem\": \"much\"");
    }

    @Test
    void what_a_killed_build_left_and_nobody_wrote_down_is_swept() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("dev.tideline.product", "tideline");
        labels.put("dev.tideline.workspace", root.toString());
        labels.put("dev.tideline.prefix", Integer.toString(workspace.usual().prefix()));
        labels.put("dev.tideline.service", "collector");
        labels.put("dev.tideline.token", "of a build that was killed");
        create(workspace.container("collector"), labels);

        workspace.start(progress, "one", "mail");

        assertThat(containers()).containsExactly("/" + workspace.container("mail"));
        assertThat(progress.told)
                .contains("Removed container " + workspace.container("collector")
                        + ", which a killed build had left behind.");
    }

    @Test
    void a_container_of_our_name_that_is_not_ours_is_refused_and_not_touched() {
        String name = workspace.container("mail");
        String id = create(name, Map.of());
        try {
            assertThatThrownBy(() -> workspace.start(progress, "one", "mail"))
                    .isInstanceOf(DevServicesException.class)
                    .hasMessage("There is a container " + name + " already, and it is not one of Tideline's. Rename it"
                            + " with `docker rename`, or use another prefix (-Dtideline.portPrefix=auto).");
            workspace.services(progress).clean();
            assertThat(TestEngine.client().inspectContainerCmd(id).exec().getId())
                    .isEqualTo(id);
        } finally {
            TestEngine.client().removeContainerCmd(id).withForce(true).exec();
        }
    }

    @Test
    void a_container_that_runs_for_another_workspace_is_named_with_it() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere")).toRealPath();
        DockerWorkspace other = new DockerWorkspace(
                new TestWorkspace(elsewhere, workspace.usual().prefix()), TestEngine::address);
        try {
            other.start(progress, "one", "mail");
            assertThatThrownBy(() -> workspace.start(progress, "one", "mail"))
                    .isInstanceOf(DevServicesException.class)
                    .hasMessage("Container " + workspace.container("mail") + " runs for another workspace, " + elsewhere
                            + ". Run `mvn sync:stop` there, or use another prefix (-Dtideline.portPrefix=auto).");
            assertThat(other.services(progress).status())
                    .singleElement()
                    .satisfies(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
        } finally {
            other.services(progress).clean();
        }
    }

    @Test
    void a_missing_image_is_named_with_the_ways_out_and_nothing_starts() {
        String absent = "local/there-is-no-such-image:1";
        ServiceSpec spec =
                new ServiceSpec("mail", "", absent, Map.of(), Map.of(), List.of(), Map.of(), List.of(), true);

        assertThatThrownBy(() -> workspace.services(progress).start(TestWorkspace.request("one", List.of(spec))))
                .isInstanceOf(DevServicesException.class)
                .hasMessage("The image " + absent
                        + " of service mail is not on this machine and is not pulled, because Maven is offline.\nDo one of"
                        + " these: run `docker pull " + absent
                        + "` where a registry is reached; name another image with"
                        + " <image> in the POM or -Dtideline.image.mail=…; use -Dtideline.provider=embedded.");
        assertThat(containers()).isEmpty();
    }

    @Test
    void an_image_that_cannot_be_pulled_is_reported_with_what_the_engine_said() {
        String absent = "127.0.0.1:9/nobody/listens-here:1";
        ServiceSpec spec =
                new ServiceSpec("mail", "", absent, Map.of(), Map.of(), List.of(), Map.of(), List.of(), true);
        List<String> pulled = new CopyOnWriteArrayList<>();
        PullProgress pulling = new PullProgress() {
            @Override
            public void begins(String service, String image) {
                pulled.add(service + " " + image);
            }

            @Override
            public void pulling(String service, String what) {}
        };
        DockerProvider provider =
                new DockerProvider(TestEngine::address, root, 11, ServiceCatalogue.standard(), Optional.of(pulling));

        assertThatThrownBy(() -> provider.prepare(spec))
                .isInstanceOf(DevServicesException.class)
                .hasMessageMatching("(?s)The image " + absent + " of service mail is not on this machine and cannot be"
                        + " pulled: .*connection refused\\.\nDo one of these: run `docker pull " + absent + "` .*");
        assertThat(pulled).containsExactly("mail " + absent);
    }

    @Test
    void an_engine_that_goes_in_mid_run_is_reported_and_stop_works_when_it_is_back() throws Exception {
        try (EngineProxy engine = new EngineProxy(folder.resolve("engine.sock"))) {
            EngineAddress address = engine.address();
            DockerWorkspace behind = new DockerWorkspace(workspace.usual(), () -> address);
            behind.start(progress, "command line", "mail");
            engine.close();

            String gone = "The Docker engine at " + address.inWords() + " does not answer: ";
            assertThat(behind.services(progress).status())
                    .singleElement()
                    .satisfies(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.GONE))
                    .satisfies(status -> assertThat(status.detail()).startsWith(gone));
            assertThatThrownBy(() -> behind.services(progress).stop())
                    .isInstanceOf(EngineGoneException.class)
                    .hasMessage(gone
                            + "nobody listens there. Start it and try again, or use -Dtideline.provider=embedded.");
            assertThat(behind.services(progress).known()).hasSize(1);

            engine.open();
            assertThat(behind.services(progress).stop()).containsExactly("mail");
            assertThat(containers()).isEmpty();
        }
    }

    @Test
    void while_the_engine_is_gone_the_embedded_provider_can_start() throws Exception {
        try (EngineProxy engine = new EngineProxy(folder.resolve("engine.sock"))) {
            EngineAddress address = engine.address();
            DockerWorkspace behind = new DockerWorkspace(workspace.usual(), () -> address);
            behind.start(progress, "command line", "collector");
            // Its port is free for the embedded one only without it.
            TestEngine.client()
                    .killContainerCmd(workspace.container("collector"))
                    .exec();
        }
        assertThat(workspace.usual().start(progress, "one", "collector").get(0).provider())
                .isEqualTo("embedded");
        workspace.usual().services(progress).stop();
        workspace.start(progress, "one", "collector");
        assertThat(containers()).containsExactly("/" + workspace.container("collector"));
    }

    @Test
    void what_keeps_docker_from_running_is_said_for_provider_auto() {
        EngineAddress nobody = new EngineAddress(URI.create("unix://" + folder.resolve("nobody")), "the test");
        DockerProvider without =
                new DockerProvider(() -> nobody, root, 11, ServiceCatalogue.standard(), Optional.empty());
        DockerProvider with =
                new DockerProvider(TestEngine::address, root, 11, ServiceCatalogue.standard(), Optional.empty());
        ServiceSpec there = TestEngine.spec("mail", Map.of());
        ServiceSpec absent =
                new ServiceSpec("postgres", "", "no/such:1", Map.of(), Map.of(), List.of(), Map.of(), List.of(), true);

        assertThat(without.obstacle(List.of(there)))
                .contains("no Docker engine answers at unix://" + folder.resolve("nobody") + " (the test)");
        assertThat(with.obstacle(List.of(there))).isEmpty();
        assertThat(with.obstacle(List.of(there, absent)))
                .contains("the Docker engine at " + TestEngine.address().inWords()
                        + " has no image no/such:1, and only provider docker pulls images");
    }

    @Test
    void a_port_that_another_container_publishes_is_refused_before_anything_starts() {
        int port = workspace.usual().prefix() * 100 + 29;
        String id = TestEngine.client()
                .createContainerCmd(TestEngine.image("mail"))
                .withHostConfig(
                        HostConfig.newHostConfig().withPortBindings(PortBinding.parse("127.0.0.1:" + port + ":2500")))
                .exec()
                .getId();
        try {
            TestEngine.client().startContainerCmd(id).exec();
            assertThatThrownBy(() -> workspace.start(progress, "one", "mail"))
                    .hasMessageStartingWith("Nothing was started, because a port is taken:\n  smtp needs port " + port
                            + ", which is taken by ");
            assertThat(containers()).isEmpty();
        } finally {
            TestEngine.client().removeContainerCmd(id).withForce(true).exec();
        }
    }

    private String create(String name, Map<String, String> labels) {
        return TestEngine.client()
                .createContainerCmd(TestEngine.image("mail"))
                .withName(name)
                .withLabels(labels)
                .exec()
                .getId();
    }
}
