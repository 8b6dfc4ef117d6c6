package dev.tideline.sync.cli;

import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.config.SyncConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** Syncs until told to stop. */
@Command(
        name = "run",
        description = "Keeps all external databases in step until it is stopped (Ctrl-C or SIGTERM).",
        usageHelpAutoWidth = true,
        footer = "%nStopping ends the transactions in flight, within 10 seconds, and exits with 0.")
final class RunCommand extends TidelineCommand {

    @Override
    int run(SyncConfig config) throws InterruptedException {
        SyncRuntime runtime = SyncRuntime.start(config);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            close(runtime);
                            out().flush();
                            // A signal would otherwise make the exit code 130 or 143, as if something had failed.
                            Runtime.getRuntime().halt(DONE);
                        },
                        "tideline-shutdown"));
        out().println("Syncing. Stop with Ctrl-C.");
        out().flush();
        new CountDownLatch(1).await();
        return DONE;
    }

    /** Closes, and goes on after 9 seconds whatever hangs: what was not committed by then is rolled back. */
    private static void close(SyncRuntime runtime) {
        Thread closing = new Thread(runtime::close, "tideline-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(Duration.ofSeconds(9).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
