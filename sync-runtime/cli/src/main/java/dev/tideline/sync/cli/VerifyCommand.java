package dev.tideline.sync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.engine.PublicAddress;
import dev.tideline.sync.jdbc.PostgresConnections;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.loop.Signal;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.MappingResolver;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import dev.tideline.sync.verify.Comparison;
import dev.tideline.sync.verify.Comparison.Connections;
import dev.tideline.sync.verify.LedgerFlow;
import dev.tideline.sync.verify.RepairReport;
import dev.tideline.sync.verify.Verifier;
import dev.tideline.sync.verify.VerifyException;
import dev.tideline.sync.verify.VerifyOptions;
import dev.tideline.sync.verify.VerifyReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verify",
        description = "Compares source and external databases row by row, and names the rows that differ.",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every row is the same",
            "1:something could not be compared",
            "2:bad usage or configuration",
            "3:rows differ"
        },
        footer =
                "%nCan be used while the runtime and writers are at work: verify waits for rows that are on their way.")
final class VerifyCommand extends TidelineCommand {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant; may be given several times.")
    private List<String> tenants = List.of();

    @Option(names = "--target", paramLabel = "NAME", description = "Only external databases with this name.")
    private String target;

    @Option(names = "--mapping", paramLabel = "NAME", description = "Only this mapping; may be given several times.")
    private List<String> mappings = List.of();

    @Option(
            names = "--repair",
            description = "Rewrite just the rows that differ at the external database, and compare again.")
    private boolean repair;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            converter = FromZero.class,
            description = "How many rows to name for each mapping; default: ${DEFAULT-VALUE}. All are counted.")
    private int limit;

    @Option(
            names = "--settle",
            paramLabel = "SECONDS",
            defaultValue = "30",
            converter = FromZero.class,
            description =
                    "How long to wait for rows that are on their way, for each mapping; default: ${DEFAULT-VALUE}.")
    private int settle;

    @Override
    int run(SyncConfig config) throws SQLException, InterruptedException, JsonProcessingException {
        SyncPlan plan;
        try (Connection source = SourceConnection.open(config)) {
            plan = MappingResolver.resolve(config, source);
            // Rows with another definition, or none, would all appear to differ.
            InstalledLayout.require(source, plan);
            KnownNames names = new KnownNames(config, source).target(target);
            for (String tenant : tenants) {
                names.tenant(tenant);
            }
            mappings.forEach(names::mapping);
            if (names.anyUnknown(err())) {
                return BAD_USAGE;
            }
        }
        try (SourceDatabase source = new SourceDatabase(config.source(), 2)) {
            TargetDirectory directory = new TargetDirectory(source, plan);
            VerifyOutput output = new VerifyOutput(out(), err(), json, System.console() != null && !json);
            List<ExternalDatabase> databases = tenants.isEmpty() ? directory.all() : directory.of(Set.copyOf(tenants));
            for (ExternalDatabase database : databases) {
                if (target == null || target.equals(database.name())) {
                    compare(config, plan, database, output);
                }
            }
            return output.finish();
        }
    }

    private void compare(SyncConfig config, SyncPlan plan, ExternalDatabase database, VerifyOutput output)
            throws InterruptedException {
        Connections source = () -> PostgresConnections.open(config.source(), "tideline-verify");
        for (Mapping mapping : plan.mappings()) {
            if (!mappings.isEmpty() && !mappings.contains(mapping.name())) {
                continue;
            }
            output.begin(database.toString(), mapping.name());
            try {
                PostgresUrl url = PostgresUrl.parse(database.url() == null ? "" : database.url());
                boolean anywhere = config.externalDatabases().allowPrivate();
                Connections target =
                        () -> PostgresConnections.openTarget(anywhere ? url : PublicAddress.of(url), "tideline-verify");
                Comparison comparison = new Comparison(
                        mapping,
                        database.tenant(),
                        source,
                        target,
                        LedgerFlow.between(source, target, mapping, database.tenant(), database.name()));
                if (repair) {
                    RepairReport report = verifier(output).repair(comparison);
                    output.repaired(database, mapping, report);
                } else {
                    VerifyReport report = verifier(output).verify(comparison);
                    output.compared(database, mapping, report);
                }
            } catch (VerifyException | ConfigException e) {
                output.failed(database, mapping, e);
            }
        }
    }

    private Verifier verifier(VerifyOutput output) {
        Signal never = new Signal();
        return new Verifier(
                new VerifyOptions(limit, Duration.ofSeconds(settle)),
                () -> never.await(BETWEEN_LOOKS),
                System::nanoTime,
                output::progress);
    }
}
