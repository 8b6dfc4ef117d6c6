package dev.tideline.sync.cli;

import dev.tideline.sync.SinglePass;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.sequence.PassResult;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sequence",
        description = "Runs the sequencer once, where no runtime is running.",
        usageHelpAutoWidth = true)
final class SequenceCommand extends TidelineCommand {

    @Option(names = "--once", required = true, description = "One pass, then exit.")
    private boolean once;

    @Override
    int run(SyncConfig config) throws SQLException {
        PassResult result;
        try (Telemetry telemetry = Telemetry.start()) {
            result = SinglePass.sequence(config);
        }
        if (result instanceof PassResult.Sequenced sequenced) {
            out().println(Counted.of(sequenced.changes(), "change") + " sequenced: "
                    + Counted.of(sequenced.rows(), "row") + ".");
        } else if (result instanceof PassResult.Nothing) {
            out().println("Nothing to sequence.");
        } else if (result instanceof PassResult.StandBy) {
            out().println("Another runtime is the sequencer; nothing was done.");
        } else {
            out().println("The sequencer is paused; run \"resume sequencer\" to resume it.");
        }
        return DONE;
    }
}
