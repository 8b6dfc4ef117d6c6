package dev.tideline.sync.cli;

import dev.tideline.sync.SyncRuntime;
import dev.tideline.sync.admin.AdminServer;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.status.StatusQuery;
import dev.tideline.sync.status.StatusReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "run",
        description = "Keeps all external databases in step until it is stopped (Ctrl-C or SIGTERM).",
        usageHelpAutoWidth = true,
        footer = "%nOn a terminal, or with --verbose, run prints a line every 10 seconds if rows were synced."
                + " When stopped, it finishes or rolls back the transactions in flight and exits with 0, within 10"
                + " seconds.")
final class RunCommand extends TidelineCommand {

    /** How often a progress line is printed on a terminal. */
    private static final Duration EVERY = Duration.ofSeconds(10);

    @Option(
            names = "--cron",
            description = "Do only what the cron endpoints ask for. For deployments that sleep between requests.")
    private boolean cron;

    @Override
    int run(SyncConfig config) throws InterruptedException {
        RunProgress progress = new RunProgress();
        Telemetry telemetry = Telemetry.start();
        SyncRuntime runtime =
                SyncRuntime.start(config, progress, cron ? SyncRuntime.Drive.CRON : SyncRuntime.Drive.RUN);
        AtomicReference<AdminServer> admin = new AtomicReference<>();
        // Before the admin server starts, which takes longer than the first rows.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            close(() -> {
                                Optional.ofNullable(admin.get()).ifPresent(AdminServer::close);
                                runtime.close();
                                telemetry.close();
                            });
                            out().flush();
                            // A signal would otherwise make the exit code 130 or 143, as if something had failed.
                            Runtime.getRuntime().halt(DONE);
                        },
                        "tideline-shutdown"));
        telemetry.show(runtime);
        admin(runtime).ifPresent(admin::set);
        out().println("Syncing. Stop with Ctrl-C.");
        out().flush();
        CountDownLatch never = new CountDownLatch(1);
        if (System.console() == null && !options().verbose()) {
            never.await();
        }
        while (!never.await(EVERY.toSeconds(), TimeUnit.SECONDS)) {
            progress.line().ifPresent(moved -> {
                out().println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + moved + failing(config));
                out().flush();
            });
        }
        return DONE;
    }

    /** Rows come first: if the port is unavailable, syncing continues without it. */
    private Optional<AdminServer> admin(SyncRuntime runtime) {
        try {
            AdminServer admin = AdminServer.start(runtime);
            admin.loginLink()
                    .ifPresentOrElse(
                            link -> out().println("Dashboard: " + link + "  (the token is kept in "
                                    + admin.tokenFile().orElseThrow() + ")"),
                            () -> out().println("Dashboard: " + admin.url()));
            return Optional.of(admin);
        } catch (AdminServer.UnavailableException e) {
            warn(List.of(Problem.of(e.getMessage(), "Syncing goes on without dashboard and API.")));
            return Optional.empty();
        }
    }

    /** The number of failing external databases; empty if there are none, or the source does not answer. */
    private static String failing(SyncConfig config) {
        try (Connection source = SourceConnection.open(config)) {
            long failing = new StatusReader(source)
                    .read(new StatusQuery(null, 1, 1))
                    .totals()
                    .failing();
            return failing == 0 ? "" : "; " + failing + " failing, see \"status\"";
        } catch (SQLException | RuntimeException e) {
            return "";
        }
    }

    /** Closes, and continues after 9 seconds even if something hangs: what was not committed by then is rolled back. */
    private static void close(Runnable everything) {
        Thread closing = new Thread(everything, "tideline-close");
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(Duration.ofSeconds(9).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
