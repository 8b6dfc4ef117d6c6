package dev.tideline.sync.cli;

import dev.tideline.sync.TenantSync;
import dev.tideline.sync.config.SyncConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Brings one tenant up to date. */
@Command(
        name = "sync",
        description = "Brings one tenant's external databases up to date, and ends.",
        usageHelpAutoWidth = true,
        footer = "%nMay be used beside a runtime that is at work.")
final class SyncCommand extends TidelineCommand {

    @Parameters(paramLabel = "TENANT", description = "The tenant's id.")
    private String tenant;

    @Override
    int run(SyncConfig config) {
        SyncProgress progress = new SyncProgress(out(), err(), System.console() != null);
        TenantSync.Report report;
        try {
            report = TenantSync.run(config, tenant, progress);
        } catch (TenantSync.UnknownTenantException e) {
            err().println(e.getMessage());
            return BAD_USAGE;
        }
        progress.finish();
        report.failures().forEach((where, e) -> err().println(e.getMessage()));
        out().println("Tenant " + tenant + ": " + report.targets().size() + " external database"
                + (report.targets().size() == 1 ? "" : "s") + ", "
                + (report.failures().isEmpty()
                        ? "caught up."
                        : report.failures().size() + " failed."));
        return report.failures().isEmpty() ? DONE : FAILED;
    }
}
