package dev.tideline.sync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tideline.sync.ParkedRetry;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.SourceConnection;
import dev.tideline.sync.park.ParkedRow;
import dev.tideline.sync.park.ParkedRowStore;
import dev.tideline.sync.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Rows that were set aside because they could not be applied. */
@Command(
        name = "park",
        description = "Shows rows that were refused and set aside, tries them again, or gives them up.",
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "(list | retry | discard)",
        subcommands = {ParkCommand.Listing.class, ParkCommand.Retry.class, ParkCommand.Discard.class})
final class ParkCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean help;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: list, retry or discard.");
    }

    /** What the three have in common: which rows are meant. */
    abstract static class OnRows extends TidelineCommand {

        @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's.")
        private String tenant;

        @Option(names = "--target", paramLabel = "NAME", description = "Only of external databases of this name.")
        private String target;

        @Option(names = "--mapping", paramLabel = "NAME", description = "Only of this mapping.")
        private String mapping;

        @Option(
                names = "--key",
                paramLabel = "KEY",
                description = "Only the row with this key, written as \"list\" shows it; may be given several times.")
        private List<String> keys = List.of();

        final boolean anyFilter() {
            return tenant != null || target != null || mapping != null || !keys.isEmpty();
        }

        @Override
        final int run(SyncConfig config) throws SQLException, JsonProcessingException {
            try (Connection connection = SourceConnection.open(config)) {
                InstalledLayout.required(connection);
                if (new KnownNames(config, connection)
                        .tenant(tenant)
                        .target(target)
                        .mapping(mapping)
                        .anyUnknown(err())) {
                    return BAD_USAGE;
                }
            }
            try (SourceDatabase source = new SourceDatabase(config.source(), 2)) {
                ParkedRowStore store = new ParkedRowStore(source);
                List<ParkedRow> rows = store.list(new ParkedRowStore.Filter(tenant, target, mapping)).stream()
                        .filter(row -> keys.isEmpty() || keys.contains(ParkText.key(row)))
                        .toList();
                return run(config, store, rows);
            }
        }

        abstract int run(SyncConfig config, ParkedRowStore store, List<ParkedRow> rows)
                throws SQLException, JsonProcessingException;
    }

    /** Shows them. */
    @Command(name = "list", description = "Shows parked rows with their errors.", usageHelpAutoWidth = true)
    static final class Listing extends OnRows {

        @Option(names = "--json", description = "As JSON.")
        private boolean json;

        @Override
        int run(SyncConfig config, ParkedRowStore store, List<ParkedRow> rows) throws JsonProcessingException {
            if (json) {
                out().println(ParkText.json(rows));
            } else if (rows.isEmpty()) {
                out().println("No row is parked.");
            } else {
                rows.forEach(row -> out().println(ParkText.line(row)));
            }
            return DONE;
        }
    }

    /** Those that change rows want to be told which. */
    abstract static class OnNamedRows extends OnRows {

        @Option(names = "--all", description = "All that are parked.")
        private boolean all;

        @Override
        final int run(SyncConfig config, ParkedRowStore store, List<ParkedRow> rows) throws SQLException {
            if (!all && !anyFilter()) {
                err().println("Say which rows: --tenant, --target, --mapping, --key, or --all.");
                return BAD_USAGE;
            }
            if (rows.isEmpty()) {
                out().println("No such row is parked.");
                return DONE;
            }
            return act(config, store, rows);
        }

        abstract int act(SyncConfig config, ParkedRowStore store, List<ParkedRow> rows) throws SQLException;
    }

    /** Tries them again. */
    @Command(
            name = "retry",
            description = "Tries parked rows again, as they are now.",
            usageHelpAutoWidth = true,
            footer = "%nExit code 1: some were refused again, and stay parked.")
    static final class Retry extends OnNamedRows {

        @Override
        int act(SyncConfig config, ParkedRowStore store, List<ParkedRow> rows) {
            ParkedRetry.Report report = ParkedRetry.run(config, rows);
            report.failures().forEach(e -> err().println(e.getMessage()));
            out().println(report.applied() + " applied, " + report.refused() + " refused again"
                    + (report.refused() > 0 ? "; see \"park list\"." : "."));
            return report.refused() == 0 && report.failures().isEmpty() ? DONE : FAILED;
        }
    }

    /** Gives them up. */
    @Command(
            name = "discard",
            description = "Gives parked rows up, until they change at the source.",
            usageHelpAutoWidth = true,
            footer = "%nThe external database keeps what it has of them; \"verify\" names them as different.")
    static final class Discard extends OnNamedRows {

        @Override
        int act(SyncConfig config, ParkedRowStore store, List<ParkedRow> rows) throws SQLException {
            out().println(store.discard(rows) + " discarded.");
            return DONE;
        }
    }
}
