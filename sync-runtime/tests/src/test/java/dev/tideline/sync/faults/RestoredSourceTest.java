package dev.tideline.sync.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.sync.kill.Bank;
import dev.tideline.sync.kill.BankServers;
import dev.tideline.sync.kill.CommandLineProcess;
import dev.tideline.sync.loop.Await;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source's data are replaced by a copy that was made earlier, as a restore does. */
class RestoredSourceTest {

    private static final String CHANGE = "UPDATE account SET balance = balance + 1 WHERE id % 7 = 0;"
            + " DELETE FROM account WHERE id % 50 = 1; INSERT INTO entry (tenant, account, text)"
            + " SELECT i % 3, i, 'lost' FROM generate_series(1, 30) i";

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
    void targets_follow_a_source_that_is_restored_while_a_runtime_runs_on_though_nobody_writes_any_more()
            throws Exception {
        try (CommandLineProcess runtime = start()) {
            equal(runtime);
            servers.source().backUp(folder.resolve("backup"));
            bank.source().execute(CHANGE);
            equal(runtime);

            servers.source().restore(folder.resolve("backup"));
            assertThat(bank.differences()).isNotEmpty();
            equal(runtime);
            bank.noCursorWentBack();
            assertThat(runtime.log()).containsOnlyOnce("the source is in an older state than ");
        }
    }

    @Test
    void targets_follow_a_source_that_was_restored_while_no_runtime_ran_and_was_written_to_since() throws Exception {
        try (CommandLineProcess runtime = start()) {
            equal(runtime);
            servers.source().backUp(folder.resolve("backup"));
            bank.source().execute(CHANGE);
            equal(runtime);
            assertThat(runtime.terminate(Duration.ofSeconds(30))).isZero();
        }
        servers.source().restore(folder.resolve("backup"));
        // More than was lost, so that ids that were counted on would hide it.
        bank.source()
                .execute("INSERT INTO entry (tenant, account, text)"
                        + " SELECT i % 3, i, 'new' FROM generate_series(1, 300) i; DELETE FROM account WHERE id = 5");
        try (CommandLineProcess runtime = start()) {
            equal(runtime);
        }
    }

    @Test
    void a_source_that_only_stopped_is_compared_with_nothing() throws Exception {
        try (CommandLineProcess runtime = start()) {
            equal(runtime);
            servers.source().restart();
            bank.source().execute(CHANGE);
            equal(runtime);
            assertThat(bank.source().value("SELECT max(epoch) FROM tideline.stream"))
                    .isEqualTo("0");
        }
    }

    private CommandLineProcess start() throws Exception {
        return new CommandLineProcess(bank.config(), folder.resolve("run.log"));
    }

    private void equal(CommandLineProcess runtime) throws Exception {
        boolean came = Await.until(
                () -> {
                    assertThat(runtime.isAlive()).as(runtime.log()).isTrue();
                    return bank.differences().isEmpty();
                },
                Duration.ofMillis(10),
                Duration.ofMinutes(1));
        assertThat(came).as("%s: %s", bank.differences(), runtime.log()).isTrue();
    }
}
