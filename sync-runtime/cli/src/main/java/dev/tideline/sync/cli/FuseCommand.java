package dev.tideline.sync.cli;

import dev.tideline.sync.Fusebox;
import dev.tideline.sync.config.NearestName;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.SourceConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Pauses or resumes a stage; the setting survives restarts. */
abstract class FuseCommand extends TidelineCommand {

    @Parameters(paramLabel = "STAGE", description = "sequencer, poller, or an external database as <tenant>/<name>.")
    private String stage;

    private final boolean enabled;

    FuseCommand(boolean enabled) {
        this.enabled = enabled;
    }

    @Override
    int run(SyncConfig config) throws SQLException {
        boolean target = stage.contains("/");
        if (!target && !stage.equals("sequencer") && !stage.equals("poller")) {
            err().println("There is no stage \"" + stage + "\". "
                    + NearestName.hint(
                            stage,
                            List.of("sequencer", "poller"),
                            "Name sequencer, poller, or an external database as <tenant>/<name>."));
            return BAD_USAGE;
        }
        try (Connection source = SourceConnection.open(config)) {
            InstalledLayout.required(source);
            Fusebox fusebox = new Fusebox(source);
            // A paused database can be resumed even if it is no longer listed.
            boolean checked = target && (!enabled || fusebox.enabled("target:" + stage));
            if (checked && new KnownNames(config, source).label(stage).anyUnknown(err())) {
                return BAD_USAGE;
            }
            if (target) {
                fusebox.setTarget(stage, enabled);
            } else {
                fusebox.set(stage, enabled);
            }
        }
        out().println(stage + (enabled ? " is on." : " is paused, until \"resume " + stage + "\"."));
        return DONE;
    }

    @Command(name = "pause", description = "Pauses the sequencer, the poller or one external database.")
    static final class Pause extends FuseCommand {
        Pause() {
            super(false);
        }
    }

    @Command(name = "resume", description = "Resumes the sequencer, the poller or one external database.")
    static final class Resume extends FuseCommand {
        Resume() {
            super(true);
        }
    }
}
