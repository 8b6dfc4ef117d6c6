package dev.tideline.devservices.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Start, {@code kill -9} of the build at a random moment, start, stop: nothing may be left, however often. Two rounds;
 * {@code -Dtideline.test.kills=20} for more. The build is a JVM that starts services, so that the moments lie close;
 * {@code KilledMavens} kills whole Mavens.
 */
class KilledBuildsTest {

    private static final int ROUNDS = Integer.getInteger("tideline.test.kills", 2);
    private static final int LATEST_MILLIS = 4000;
    private static final String[] SERVICES = {"postgres", "external-postgres", "mail", "collector"};

    private final RecordingProgress progress = new RecordingProgress();

    @TempDir
    Path folder;

    @Test
    void leave_nothing_of_processes() throws Exception {
        TestWorkspace workspace = TestWorkspace.at(workspaceFolder());
        rounds(workspace, "embedded", workspace.services(progress));
    }

    @Test
    @ExtendWith(TestEngine.class)
    void leave_nothing_of_containers() throws Exception {
        TestWorkspace usual = TestWorkspace.at(workspaceFolder());
        DockerWorkspace workspace = new DockerWorkspace(usual, TestEngine::address);
        try {
            rounds(usual, "docker", workspace.services(progress));
        } finally {
            workspace.services(progress).clean();
        }
    }

    private void rounds(TestWorkspace workspace, String provider, DevServices services) throws Exception {
        long seed = Long.getLong("tideline.test.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int round = 1; round <= ROUNDS; round++) {
            int millis = random.nextInt(LATEST_MILLIS);
            String where =
                    "round " + round + ", killed after " + millis + " ms, seed " + seed + ", told " + progress.told;
            StarterProcess build = StarterProcess.begin(workspace, provider, SERVICES);
            build.process().waitFor(millis, TimeUnit.MILLISECONDS);
            build.kill();

            if (provider.equals("docker")) {
                new DockerWorkspace(workspace, TestEngine::address).start(progress, "command line", SERVICES);
            } else {
                workspace.start(progress, "command line", SERVICES);
            }
            assertThat(services.status())
                    .as(where)
                    .hasSize(SERVICES.length)
                    .allSatisfy(status -> assertThat(status.state()).isEqualTo(ServiceStatus.State.READY));
            assertThat(services.stop()).as(where).containsExactlyInAnyOrder(SERVICES);

            new Leftovers(workspace.root(), workspace.prefix()).requireNone(where);
        }
    }

    private Path workspaceFolder() throws IOException {
        return Files.createDirectories(folder.resolve("my work")).toRealPath();
    }
}
