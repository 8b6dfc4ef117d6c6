package dev.tideline.sync.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.loop.Await;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL for the runtime, the source or the targets' server, under load and at moments that nobody chose.
 * {@code -Dtideline.kills=100} says how often, {@code -Dtideline.kills.seed} in what order.
 */
class KillTest {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void nothing_is_lost_and_nothing_left_over_whoever_is_killed() throws Exception {
        int kills = Integer.getInteger("tideline.kills", 4);
        long seed = Long.getLong("tideline.kills.seed", new Random().nextInt(1_000_000));
        System.out.println(kills + " kills, -Dtideline.kills.seed=" + seed);
        Random random = new Random(seed);
        try (BankServers servers = BankServers.start(folder)) {
            Bank bank = servers.bank();
            try (CommandLineProcess runtime = new CommandLineProcess(bank.config(), folder.resolve("run.log"))) {
                try (Writers writers = new Writers(bank.source(), 3, seed)) {
                    for (int kill = 0; kill < kills; kill++) {
                        long until = writers.committed() + 20 + random.nextInt(400);
                        await("the application goes on after kill " + kill, () -> writers.committed() >= until);
                        switch (random.nextInt(4)) {
                            case 0 -> {
                                await("the runtime has started", runtime::hasStarted);
                                servers.source().killAndStart();
                            }
                            case 1 -> servers.targets().killAndStart();
                            default -> runtime.killAndStart();
                        }
                        bank.noCursorWentBack();
                    }
                }
                await("every target has what the source has", () -> {
                    assertThat(runtime.isAlive()).as(runtime.log()).isTrue();
                    bank.noCursorWentBack();
                    return bank.differences().isEmpty();
                });
            } catch (AssertionError e) {
                throw new AssertionError(
                        e.getMessage() + "\n" + bank.differences() + "\n" + Files.readString(folder.resolve("run.log")),
                        e);
            }
        }
    }

    private static void await(String what, Await.Condition condition) throws Exception {
        assertThat(Await.until(condition, Duration.ofMillis(10), LIMIT))
                .as(what)
                .isTrue();
    }
}
