package dev.tideline.sync.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.kill.Bank;
import dev.tideline.sync.kill.BankServers;
import dev.tideline.sync.kill.CommandLineProcess;
import dev.tideline.sync.kill.KillableServer;
import dev.tideline.sync.kill.Writers;
import dev.tideline.sync.loop.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orderly restarts, in which every session is told that its server shuts down, under a runtime that runs on. */
class RestartedServersTest {

    /** What a runtime logs with a target's failure: which try it was. */
    private static final String BLAMES_A_TARGET = "(try ";

    @TempDir
    Path folder;

    @AutoClose
    private BankServers servers;

    private Bank bank;

    @BeforeEach
    void startServers() throws Exception {
        servers = BankServers.start(folder);
        bank = servers.bank();
    }

    @Test
    void a_source_that_is_restarted_under_load_loses_nothing_and_no_target_is_blamed() throws Exception {
        assertThat(restartUnderLoad(servers.source())).doesNotContain(BLAMES_A_TARGET);
    }

    @Test
    void targets_that_are_restarted_under_load_lose_nothing() throws Exception {
        assertThat(restartUnderLoad(servers.targets())).contains(BLAMES_A_TARGET);
    }

    /** @return the runtime's log */
    private String restartUnderLoad(KillableServer server) throws Exception {
        try (CommandLineProcess runtime = new CommandLineProcess(bank.config(), folder.resolve("run.log"))) {
            try (Writers writers = new Writers(bank.source(), 1, 1)) {
                long before = bank.progress();
                await("rows arrive", runtime, () -> bank.progress() > before);
                server.restart();
                bank.noCursorWentBack();
                long committed = writers.committed();
                await("the application goes on", runtime, () -> writers.committed() > committed + 100);
            }
            await(
                    "every target has what the source has",
                    runtime,
                    () -> bank.differences().isEmpty());
            bank.noCursorWentBack();
            return runtime.log();
        }
    }

    private static void await(String what, CommandLineProcess runtime, Await.Condition condition) throws Exception {
        boolean came = Await.until(
                () -> {
                    assertThat(runtime.isAlive()).as(runtime.log()).isTrue();
                    return condition.holds();
                },
                Duration.ofMillis(10),
                Duration.ofMinutes(1));
        assertThat(came).as("%s: %s", what, runtime.log()).isTrue();
    }
}
