package dev.tideline.sync.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.kill.Bank;
import dev.tideline.sync.kill.BankServers;
import dev.tideline.sync.kill.CommandLineProcess;
import dev.tideline.sync.kill.Writers;
import dev.tideline.sync.loop.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerminatedRuntimeTest {

    /** What the contract promises. */
    private static final Duration PROMISED = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    @Test
    void sigterm_under_load_ends_the_process_with_0_within_10_seconds_and_loses_nothing() throws Exception {
        try (BankServers servers = BankServers.start(folder)) {
            Bank bank = servers.bank();
            bank.source()
                    .execute("INSERT INTO entry (tenant, account, text)"
                            + " SELECT i % 3, i % 300, 'before' FROM generate_series(1, 60000) i");
            try (CommandLineProcess runtime = new CommandLineProcess(bank.config(), folder.resolve("run.log"))) {
                try (Writers writers = new Writers(bank.source(), 1, 1)) {
                    for (int termination = 0; termination < 2; termination++) {
                        long before = bank.progress();
                        await("rows arrive", runtime, () -> bank.progress() > before);
                        assertThat(runtime.terminate(PROMISED))
                                .as(runtime.log())
                                .isZero();
                        bank.noCursorWentBack();
                        runtime.killAndStart();
                    }
                }
                await(
                        "every target has what the source has",
                        runtime,
                        () -> bank.differences().isEmpty());
                bank.noCursorWentBack();
            }
        }
    }

    private static void await(String what, CommandLineProcess runtime, Await.Condition condition) throws Exception {
        assertThat(Await.until(condition, Duration.ofMillis(5), Duration.ofMinutes(1)))
                .as("%s: %s", what, runtime.log())
                .isTrue();
    }
}
