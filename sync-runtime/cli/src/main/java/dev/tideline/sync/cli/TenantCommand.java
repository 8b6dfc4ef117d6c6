package dev.tideline.sync.cli;

import dev.tideline.sync.TenantSync;
import dev.tideline.sync.UnknownNameException;
import dev.tideline.sync.config.SyncConfig;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Syncs one tenant, and reports the result for each of its external databases. */
abstract class TenantCommand extends TidelineCommand {

    @Parameters(paramLabel = "TENANT", description = "The tenant's id.")
    private String tenant;

    @Override
    final int run(SyncConfig config) {
        SyncProgress progress = new SyncProgress(out(), err(), System.console() != null);
        TenantSync.Report report;
        try (Telemetry telemetry = Telemetry.start()) {
            report = bring(config, tenant, progress);
        } catch (UnknownNameException e) {
            err().println(e.getMessage());
            return BAD_USAGE;
        }
        progress.finish();
        report.parked().forEach((where, rows) -> out().println(where + ": " + Counted.of(rows, "row") + " parked"));
        report.paused()
                .forEach(target -> out().println(target.name() + ": paused, until \"resume " + target.label() + "\""));
        report.failures().forEach((where, e) -> err().println(e.getMessage()));
        if (report.pollerPaused()) {
            err().println("note: the poller is paused, so runtimes sync nothing until \"resume poller\".");
        }
        out().println("Tenant " + tenant + ": " + summary(report));
        return report.failures().isEmpty() && !report.targets().isEmpty() ? DONE : FAILED;
    }

    abstract TenantSync.Report bring(SyncConfig config, String tenant, SyncProgress progress);

    /** {@code 3 external databases: 1 caught up, 1 failed, 1 paused.} */
    private static String summary(TenantSync.Report report) {
        long failed = report.failed();
        long parked =
                report.parked().values().stream().mapToLong(Long::longValue).sum();
        List<String> parts = new ArrayList<>();
        long caughtUp = report.targets().size() - failed;
        if (caughtUp > 0) {
            parts.add((failed + report.paused().size() == 0 ? "" : caughtUp + " ") + "caught up"
                    + (parked > 0 ? " except for " + Counted.of(parked, "parked row") + ", see \"park list\"" : ""));
        }
        if (failed > 0) {
            parts.add(failed + " failed");
        }
        if (!report.paused().isEmpty()) {
            parts.add(report.paused().size() + " paused");
        }
        return Counted.of(report.targets().size() + report.paused().size(), "external database") + ", "
                + String.join(", ", parts) + ".";
    }

    @Command(
            name = "sync",
            description = "Brings one tenant's external databases up to date, then exits.",
            usageHelpAutoWidth = true,
            footer = "%nCan be used while a runtime is running.")
    static final class Sync extends TenantCommand {

        @Override
        TenantSync.Report bring(SyncConfig config, String tenant, SyncProgress progress) {
            return TenantSync.run(config, tenant, progress);
        }
    }

    @Command(
            name = "resync",
            description = "Copies one tenant's rows again, removes what should not be there, then exits.",
            usageHelpAutoWidth = true,
            footer = "%nCan be used while a runtime is running. The tables can be read throughout. If it is"
                    + " interrupted, the next sync of the tenant continues it.")
    static final class Resync extends TenantCommand {

        @Option(names = "--target", paramLabel = "NAME", description = "Only into this external database.")
        private String target;

        @Option(names = "--mapping", paramLabel = "NAME", description = "Only the rows of this mapping.")
        private String mapping;

        @Override
        TenantSync.Report bring(SyncConfig config, String tenant, SyncProgress progress) {
            return TenantSync.again(config, tenant, target, mapping, progress);
        }
    }
}
