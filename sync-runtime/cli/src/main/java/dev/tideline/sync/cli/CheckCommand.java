package dev.tideline.sync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
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

@Command(
        name = "check",
        description = "Checks the configuration against the live source, and changes nothing.",
        usageHelpAutoWidth = true,
        footer = "%nWorks before \"install\". A problem with an external database is a warning.")
final class CheckCommand extends TidelineCommand {

    @Option(
            names = "--targets",
            paramLabel = "N",
            defaultValue = "100",
            converter = FromZero.class,
            description = "How many external databases to try; default: ${DEFAULT-VALUE}, 0 for none.")
    private int targets;

    @Option(
            names = "--json",
            description = "Print JSON: problems, warnings, and each external database with its warnings.")
    private boolean json;

    @Override
    int run(SyncConfig config) throws SQLException, JsonProcessingException {
        try (Connection source = SourceConnection.open(config)) {
            SourceServer server = SourceServer.of(source);
            SyncPlan plan = MappingResolver.resolve(config, source);
            List<Problem> rights = SourceRights.missing(plan, source);
            if (!rights.isEmpty()) {
                throw new ConfigException(rights);
            }
            ConfigurationWarnings warnings = ConfigurationWarnings.of(plan, server, source, targets);
            if (json) {
                out().println(CheckJson.of(warnings));
                return DONE;
            }
            PlanText.print(plan, server, out());
            PlanText.printTargets(warnings.targets(), out());
            warn(warnings.all());
            out().println(verdict(warnings));
            return DONE;
        }
    }

    private static String verdict(ConfigurationWarnings warnings) {
        long faulty = warnings.faultyTargets();
        if (faulty > 0) {
            return "The configuration fits the source. " + faulty + " of "
                    + Counted.of(warnings.targets().size(), "external database")
                    + (faulty == 1 ? " has warnings" : " have warnings") + ", see above.";
        }
        return "The configuration fits the source."
                + (warnings.all().isEmpty()
                        ? ""
                        : " " + Counted.of(warnings.all().size(), "warning") + ", see above.");
    }

    @Override
    boolean tells(ConfigException e) {
        if (json) {
            out().println(CheckJson.of(e));
        }
        return json;
    }
}
