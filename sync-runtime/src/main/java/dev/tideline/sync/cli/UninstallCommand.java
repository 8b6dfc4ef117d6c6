package dev.tideline.sync.cli;

import dev.tideline.sync.Installation;
import dev.tideline.sync.config.SyncConfig;
import picocli.CommandLine.Command;

/** Leaves the source as it was. */
@Command(
        name = "uninstall",
        description = "Removes schema tideline and the triggers from the source.",
        usageHelpAutoWidth = true,
        footer = "%nExternal databases keep what they have. After another \"install\" each of them is compared and"
                + " brought up to date.")
final class UninstallCommand extends TidelineCommand {

    @Override
    int run(SyncConfig config) {
        boolean removed = Installation.uninstall(config, out()::println);
        out().println(removed ? "Uninstalled." : "Nothing was installed.");
        return DONE;
    }
}
