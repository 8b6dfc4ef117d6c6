package dev.tideline.sync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.install.Installation;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.mapping.SourceServer;
import dev.tideline.sync.mapping.UnwatchedTables;
import dev.tideline.sync.plan.InstallPlan;
import java.sql.Connection;
import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "install",
        description = "Adds the schema tideline and the triggers to the source. May be repeated.",
        usageHelpAutoWidth = true,
        footer = "%nYour tables get triggers and nothing else. \"uninstall\" removes everything again.")
final class InstallCommand extends TidelineCommand {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    @Option(
            names = "--plan",
            description =
                    "Only say what install will do to the source, and what will then happen to each external database.")
    private boolean plan;

    @Option(names = "--json", description = "With --plan: print JSON.")
    private boolean json;

    @Option(
            names = "--targets",
            paramLabel = "N",
            defaultValue = "100",
            converter = FromZero.class,
            description =
                    "How many external databases to look at, for warnings or the plan; default: ${DEFAULT-VALUE}, 0 for none.")
    private int targets;

    @Override
    int run(SyncConfig config) throws SQLException, JsonProcessingException {
        if (json && !plan) {
            err().println("--json goes with --plan.");
            return BAD_USAGE;
        }
        if (plan) {
            InstallPlan found = Installation.plan(config, targets);
            if (json) {
                out().println(JSON.writeValueAsString(found));
            } else {
                new InstallPlanText(out()).print(found);
                try (Connection source = SourceConnection.open(config)) {
                    warn(UnwatchedTables.of(MappingResolver.resolve(config, source), source));
                }
            }
            return DONE;
        }
        Installation.install(config, out()::println);
        try (Connection source = SourceConnection.open(config)) {
            warn(ConfigurationWarnings.of(
                            MappingResolver.resolve(config, source), SourceServer.of(source), source, targets)
                    .all());
        }
        out().println(
                        "Installed. Next: \"run\", or \"sync <tenant>\". A runtime that was started with another configuration"
                                + " stands by until you restart it.");
        return DONE;
    }
}
