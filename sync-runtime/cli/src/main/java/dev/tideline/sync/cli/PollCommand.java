package dev.tideline.sync.cli;

import dev.tideline.sync.SinglePass;
import dev.tideline.sync.config.SyncConfig;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "poll",
        description = "Carries out the waiting requests once, where no runtime is running.",
        usageHelpAutoWidth = true)
final class PollCommand extends TidelineCommand {

    @Option(names = "--once", required = true, description = "The requests that wait now, then exit.")
    private boolean once;

    @Override
    int run(SyncConfig config) throws SQLException {
        int claimed;
        try (Telemetry telemetry = Telemetry.start()) {
            claimed = SinglePass.poll(config);
        }
        out().println(claimed == 0 ? "No request is waiting." : Counted.of(claimed, "request") + " carried out.");
        return DONE;
    }
}
