package dev.tideline.sync.cli;

import dev.tideline.sync.Installation;
import dev.tideline.sync.config.SyncConfig;
import picocli.CommandLine.Command;

/** Makes the source capture. */
@Command(
        name = "install",
        description = "Adds schema tideline and the triggers to the source; may be repeated.",
        usageHelpAutoWidth = true,
        footer = "%nYour tables get triggers and nothing else. \"uninstall\" takes everything away again.")
final class InstallCommand extends TidelineCommand {

    @Override
    int run(SyncConfig config) {
        Installation.install(config, out()::println);
        out().println("Installed. Next: \"run\", or \"sync <tenant>\".");
        return DONE;
    }
}
