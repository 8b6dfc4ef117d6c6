package dev.tideline.sync.cli;

import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.dispatch.Claimant;
import dev.tideline.sync.install.Installation;
import dev.tideline.sync.mapping.SourceConnection;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;

@Command(
        name = "uninstall",
        description = "Removes the schema tideline and the triggers from the source.",
        usageHelpAutoWidth = true,
        footer =
                "%nExternal databases keep their data. After the next \"install\", each is compared with the source and"
                        + " brought up to date.")
final class UninstallCommand extends TidelineCommand {

    @Override
    int run(SyncConfig config) throws SQLException {
        try (Connection source = SourceConnection.open(config)) {
            int runtimes = Claimant.alive(source);
            if (runtimes > 0) {
                err().println("warning: " + (runtimes == 1 ? "a runtime is" : runtimes + " runtimes are")
                        + " running on this source, and will stand by. Stop "
                        + (runtimes == 1 ? "it" : "them") + ", or run \"install\" again.");
            }
        }
        boolean removed = Installation.uninstall(config, out()::println);
        out().println(
                        removed
                                ? "Uninstalled. External databases keep their tables and tideline_sync_metadata; drop them"
                                        + " there if nobody needs them."
                                : "Nothing was installed.");
        return DONE;
    }
}
