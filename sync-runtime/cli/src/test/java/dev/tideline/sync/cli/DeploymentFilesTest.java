package dev.tideline.sync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.config.SyncConfigLoader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is shipped for Kubernetes and Compose is well-formed, and asks for no right that it does not need. */
class DeploymentFilesTest {

    private static final Path KUBERNETES = Path.of("kubernetes", "tideline.yaml");
    private static final Path COMPOSE = Path.of("compose.yaml");

    @TempDir
    private Path folder;

    private static List<Object> documents(Path file) throws IOException {
        List<Object> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromReader(new StringReader(Files.readString(file)))
                .forEach(documents::add);
        return documents;
    }

    /** What stands at a path such as {@code spec.containers.0.image}. */
    private static Object at(Object node, String path) {
        Object found = node;
        for (String step : path.split("\\.")) {
            found = found instanceof List<?> list ? list.get(Integer.parseInt(step)) : ((Map<?, ?>) found).get(step);
        }
        return found;
    }

    private static Object resource(String kind, String name) throws IOException {
        return documents(KUBERNETES).stream()
                .filter(document -> kind.equals(at(document, "kind")) && name.equals(at(document, "metadata.name")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void two_runtimes_are_kept_apart_and_one_is_kept_alive() throws IOException {
        Object deployment = resource("Deployment", "tideline");
        assertThat(at(deployment, "spec.replicas")).isEqualTo(2);
        Object labels = at(deployment, "spec.template.metadata.labels");
        assertThat(at(deployment, "spec.selector.matchLabels")).isEqualTo(labels);
        assertThat(at(resource("PodDisruptionBudget", "tideline"), "spec.selector.matchLabels"))
                .isEqualTo(labels);
        assertThat(at(resource("PodDisruptionBudget", "tideline"), "spec.minAvailable"))
                .isEqualTo(1);
        assertThat(at(resource("Service", "tideline"), "spec.selector")).isEqualTo(labels);
        assertThat(at(deployment, "spec.template.spec.containers.0.livenessProbe.httpGet.path"))
                .isEqualTo("/healthz");
        assertThat(at(deployment, "spec.template.spec.containers.0.readinessProbe.httpGet.path"))
                .isEqualTo("/readyz");
        assertThat((Integer) at(deployment, "spec.template.spec.terminationGracePeriodSeconds"))
                .as("a runtime ends within 10 s")
                .isGreaterThan(10);
    }

    @Test
    void every_pod_runs_without_a_fixed_user_on_a_read_only_file_system() throws IOException {
        for (Object workload : List.of(resource("Deployment", "tideline"), resource("Job", "tideline-install"))) {
            Object pod = at(workload, "spec.template.spec");
            assertThat(at(pod, "securityContext.runAsNonRoot")).isEqualTo(true);
            assertThat(at(pod, "automountServiceAccountToken")).isEqualTo(false);
            Object container = at(pod, "containers.0.securityContext");
            assertThat(at(container, "readOnlyRootFilesystem")).isEqualTo(true);
            assertThat(at(container, "allowPrivilegeEscalation")).isEqualTo(false);
            assertThat(at(container, "capabilities.drop")).isEqualTo(List.of("ALL"));
        }
    }

    @Test
    void the_mounted_configuration_is_one_and_takes_its_secrets_from_the_environment() throws IOException {
        String yaml = (String) ((Map<?, ?>) at(resource("ConfigMap", "tideline"), "data")).get("tideline.yaml");
        SyncConfig config = SyncConfigLoader.load(
                Files.writeString(folder.resolve("tideline.yaml"), yaml),
                Map.of("TIDELINE_SOURCE_URL", "postgres://u:p@h/d", "TIDELINE_ADMIN_TOKEN", "t")::get);
        assertThat(config.admin().bind()).isEqualTo("0.0.0.0");
        assertThat(config.admin().port())
                .isEqualTo(at(
                        resource("Deployment", "tideline"), "spec.template.spec.containers.0.ports.0.containerPort"));
        assertThat(config.admin().token()).contains("t");
    }

    @Test
    void compose_starts_two_runtimes_once_the_install_is_done() throws IOException {
        Object compose = documents(COMPOSE).get(0);
        assertThat(at(compose, "x-tideline.read_only")).isEqualTo(true);
        assertThat(at(compose, "x-tideline.cap_drop")).isEqualTo(List.of("ALL"));
        assertThat(at(compose, "services.install.<<")).isEqualTo(at(compose, "x-tideline"));
        assertThat(at(compose, "services.tideline-1.<<")).isEqualTo(at(compose, "x-tideline"));
        assertThat(at(compose, "services.tideline-2.<<")).isEqualTo(at(compose, "services.tideline-1"));
        assertThat(at(compose, "services.tideline-1.depends_on.install.condition"))
                .isEqualTo("service_completed_successfully");
    }
}
