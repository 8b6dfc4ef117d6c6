package dev.tideline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it needs the machine to itself")
class KilledRuntimeIT {

    @TempDir
    Path folder;

    @Test
    void nothingIsLostOrLeftOverWhenTheRuntimeIsKilledInMidDrain() throws Exception {
        int kills = Integer.getInteger("tideline.kills", 3);
        long seed = Long.getLong("tideline.seed", new Random().nextInt(1_000_000));
        System.out.println(kills + " kills, seed " + seed + " (-Dtideline.seed=" + seed + ")");
        try (KilledDrain drain = KilledDrain.prepare(
                TestServers.source(), TestServers.external(), "e2e_killed", folder, CommandLineJar.ofBuild())) {
            var verified = drain.run(kills, seed);
            drain.history().forEach(System.out::println);
            assertThat(verified).hasSize(2).allSatisfy(found -> {
                assertThat(found.differences()).isEmpty();
                assertThat(found.rows()).isPositive();
            });
        }
    }
}
