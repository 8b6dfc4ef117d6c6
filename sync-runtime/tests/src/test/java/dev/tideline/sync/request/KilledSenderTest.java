package dev.tideline.sync.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.Rows;
import dev.tideline.sync.SyncScenario;
import dev.tideline.sync.kill.CommandLineProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL between delivery and acknowledgement. {@code -Dtideline.kills=100} says how often, {@code -Dtideline.kills.seed} at
 * which requests.
 */
class KilledSenderTest {

    @TempDir
    Path folder;

    @Test
    void every_request_arrives_at_least_once_and_always_under_the_same_id() throws Exception {
        int kills = Integer.getInteger("tideline.kills", 4);
        long seed = Long.getLong("tideline.kills.seed", new Random().nextInt(1_000_000));
        System.out.println(kills + " kills, -Dtideline.kills.seed=" + seed);
        Random random = new Random(seed);
        try (SyncScenario scenario = SyncScenario.users();
                Receiver receiver = new Receiver()) {
            scenario.settings("requests: { allow_private: true, secret: " + Receiver.SECRET + ", retry: 50ms }");
            scenario.install();
            Path config = Files.writeString(folder.resolve("tideline.yaml"), scenario.yaml());
            int enqueued = 0;
            try (CommandLineProcess runtime = new CommandLineProcess(config, folder.resolve("run.log"))) {
                for (int kill = 0; kill < kills; kill++) {
                    int more = 50 + random.nextInt(100);
                    int from = enqueued + 1;
                    enqueued += more;
                    scenario.source()
                            .execute("SELECT tideline.enqueue_request('" + receiver.url() + "', to_jsonb(i))"
                                    + " FROM generate_series(" + from + ", " + enqueued + ") i");
                    receiver.await(receiver.all().size() + 1 + random.nextInt(30));
                    runtime.killAndStart();
                }
                Rows waiting = Rows.of(scenario.source(), "SELECT count(*) FROM tideline.http_request");
                Awaitility.await("all are acknowledged; after many kills there are thousands")
                        .atMost(Duration.ofMinutes(5))
                        .until(() -> waiting.now().equals(List.of("0")));
            }
            TreeMap<Integer, Set<String>> ids = new TreeMap<>();
            receiver.all()
                    .forEach(r -> ids.computeIfAbsent(r.body().asInt(), n -> new HashSet<>())
                            .add(r.id()));
            assertThat(ids).hasSize(enqueued);
            assertThat(ids.values()).allSatisfy(of -> assertThat(of).hasSize(1));
            System.out.printf(
                    "%d kills: %d requests arrived %d times, each under one id%n",
                    kills, enqueued, receiver.all().size());
            assertThat(receiver.all().size()).as("some were sent again").isGreaterThanOrEqualTo(enqueued);
        }
    }
}
