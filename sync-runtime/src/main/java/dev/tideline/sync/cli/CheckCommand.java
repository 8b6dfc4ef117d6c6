package dev.tideline.sync.cli;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.mapping.SourceRights;
import dev.tideline.sync.mapping.SourceServer;
import dev.tideline.sync.mapping.SyncPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds the configuration against the live source and changes nothing. */
@Command(
        name = "check",
        description = "Holds the configuration against the live source, and changes nothing.",
        usageHelpAutoWidth = true,
        footer = "%nNeeds no install. What is wrong with an external database is a warning.")
final class CheckCommand extends TidelineCommand {

    @Option(
            names = "--targets",
            paramLabel = "N",
            defaultValue = "100",
            description = "How many external databases are tried; default: ${DEFAULT-VALUE}, 0 for none.")
    private int targets;

    @Override
    int run(SyncConfig config) throws SQLException {
        try (Connection source = SourceConnection.open(config)) {
            SourceServer server = SourceServer.of(source);
            SyncPlan plan = MappingResolver.resolve(config, source);
            List<Problem> rights = SourceRights.missing(plan, source);
            if (!rights.isEmpty()) {
                throw new ConfigException(rights);
            }
            if (!server.supported()) {
                warn("the source is Postgres " + server.version()
                        + "; Tideline is tested with 13 to 18. It may work, and nobody has tried.");
            }
            PlanText.print(plan, server, out());
            List<CheckedTarget> checked = new TargetCheck(plan, source).run(targets, this::warn);
            PlanText.printTargets(checked, out());
            checked.forEach(target -> target.problem().ifPresent(problem -> warn(target.label() + ": " + problem)));
            out().println("The configuration fits the source.");
            return DONE;
        }
    }

    private void warn(String message) {
        err().println("warning: " + message);
    }
}
