package dev.tideline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tideline.fixture.ReservedPort;
import dev.tideline.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The image of sync-runtime/cli, built and started as docs/self-host.md says. {@code tideline.test.image.jdk} and
 * {@code tideline.test.image.base} name what it is built from; without an engine that has both, the test is skipped.
 */
@Isolated("it needs the machine to itself")
class ContainerImageIT {

    private static final String JDK = System.getProperty("tideline.test.image.jdk", "eclipse-temurin:21-jdk");
    private static final String BASE = System.getProperty("tideline.test.image.base", "debian:12-slim");
    private static final Path CONTEXT = Path.of("..", "..", "sync-runtime", "cli");
    private static final String IMAGE =
            "tideline-test:" + ProcessHandle.current().pid();
    private static final String CONTAINER =
            "tideline-test-" + ProcessHandle.current().pid();
    private static final String DATABASE = "e2e_container";

    @TempDir
    private Path folder;

    private final ServerAddress source = TestServers.source();
    private final ServerAddress external = TestServers.external();

    @BeforeEach
    void build() throws Exception {
        Optional<String> obstacle = DockerCli.obstacle(JDK, BASE);
        assumeTrue(obstacle.isEmpty(), () -> "needs Docker, but " + obstacle.orElseThrow());
        docker("build", "--build-arg", "JDK=" + JDK, "--build-arg", "BASE=" + BASE, "--tag", IMAGE, CONTEXT.toString());
        source.createDatabase(DATABASE);
        external.createDatabase(DATABASE);
    }

    @AfterEach
    void remove() throws Exception {
        if (DockerCli.obstacle().isEmpty()) {
            DockerCli.run("rm", "--force", "--volumes", CONTAINER);
            DockerCli.run("image", "rm", "--force", IMAGE);
        }
        source.dropDatabase(DATABASE);
        external.dropDatabase(DATABASE);
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        DockerCli.Outcome outcome = DockerCli.run(arguments);
        assertThat(outcome.code())
                .as("docker %s: %s", String.join(" ", arguments), outcome.out())
                .isZero();
        return outcome.out().strip();
    }

    /** With the network of the machine, where the servers of the tests are. */
    private String start(List<String> options, int port, String command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("run", "--network", "host", "--read-only", "--cap-drop", "ALL"));
        all.addAll(List.of("--security-opt", "no-new-privileges", "--memory", "256m"));
        all.addAll(List.of(
                "--volume", folder.resolve("tideline.yaml").toAbsolutePath() + ":/etc/tideline/tideline.yaml:ro"));
        all.addAll(List.of(
                "--env", "TIDELINE_SOURCE_URL=" + source.url(DATABASE), "--env", "TIDELINE_ADMIN_PORT=" + port));
        all.addAll(options);
        all.addAll(List.of(IMAGE, command));
        return docker(all.toArray(String[]::new));
    }

    @Test
    void theImageInstallsAndSyncsWithoutRightsOfItsOwnAndEndsWithinItsGrace() throws Exception {
        int port = ReservedPort.next();
        source.execute(
                DATABASE,
                "CREATE TABLE tenancy (id int PRIMARY KEY)",
                "INSERT INTO tenancy VALUES (1)",
                "CREATE TABLE thing (tenant int, id int PRIMARY KEY, v text)",
                "INSERT INTO thing VALUES (1, 1, 'copied')");
        Path config = Files.writeString(folder.resolve("tideline.yaml"), """
                source: { url: "${env:TIDELINE_SOURCE_URL}" }
                tenants: { table: tenancy, key: id }
                mappings: { things: { table: thing, tenant: tenant, key: id } }
                external_databases: { list: [ { tenant: "1", name: main, url: "%s" } ] }
                admin: { port: %d, token: token }
                """.formatted(external.url(DATABASE), port));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(start(List.of("--rm"), port, "install")).contains("Installed.");
        start(List.of("--detach", "--name", CONTAINER, "--health-interval", "1s"), port, "run");
        source.execute(DATABASE, "INSERT INTO thing VALUES (1, 2, 'followed')");
        Eventually.await("both rows are at the target")
                .atMost(Duration.ofMinutes(1))
                .until(() -> external.text(DATABASE, "SELECT to_regclass('things') IS NOT NULL")
                                .equals("t")
                        && external.texts(DATABASE, "SELECT v FROM things ORDER BY id")
                                .equals(List.of("copied", "followed")));
        Eventually.await("the container is healthy")
                .atMost(Duration.ofMinutes(1))
                .until(() -> docker("inspect", "--format", "{{.State.Health.Status}}", CONTAINER)
                        .equals("healthy"));

        assertThat(docker("exec", CONTAINER, "bash", "-c", "echo $UID")).isEqualTo("10001");
        assertThat(DockerCli.run("exec", CONTAINER, "bash", "-c", "echo x > /opt/x")
                        .code())
                .as("nothing can be written")
                .isNotZero();
        docker("stop", "-t", "15", CONTAINER);
        assertThat(docker("inspect", "--format", "{{.State.ExitCode}}", CONTAINER))
                .as("it ended by itself")
                .isEqualTo("0");
    }
}
