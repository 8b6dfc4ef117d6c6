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
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "park",
        description = "Lists rows that were refused and set aside, retries them, or discards them.",
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "(list | retry | discard)",
        subcommands = {ParkCommand.Listing.class, ParkCommand.Retry.class, ParkCommand.Discard.class})
final class ParkCommand extends CommandGroup {

    /** What the three have in common: options that select rows. */
    abstract static class OnRows extends TidelineCommand {

        @Option(names = "--tenant", paramLabel = "TENANT", description = "Only rows of this tenant.")
        private String tenant;

        @Option(
                names = "--target",
                paramLabel = "NAME",
                description = "Only rows of external databases with this name.")
        private String target;

        @Option(names = "--mapping", paramLabel = "NAME", description = "Only rows of this mapping.")
        private String mapping;

        @Option(
                names = "--key",
                paramLabel = "KEY",
                description = "Only the row with this key, written as \"list\" shows it; may be given several times.")
        private List<String> keys = List.of();

        final boolean anyFilter() {
            return tenant != null || target != null || mapping != null || !keys.isEmpty();
        }

        /** Keys given by the user that none of these rows has. */
        final List<String> unknownKeys(List<ParkedRow> rows) {
            List<String> unknown = new ArrayList<>(keys);
            unknown.removeAll(rows.stream().map(ParkText::key).toList());
            return unknown;
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

    @Command(name = "list", description = "Shows parked rows with their errors.", usageHelpAutoWidth = true)
    static final class Listing extends OnRows {

        @Option(names = "--json", description = "Print JSON.")
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

    /** Commands that change rows require a selection. */
    abstract static class OnNamedRows extends OnRows {

        @Option(names = "--all", description = "All parked rows.")
        private boolean all;

        @Override
        final int run(SyncConfig config, ParkedRowStore store, List<ParkedRow> rows) throws SQLException {
            if (!all && !anyFilter()) {
                err().println("Say which rows: --tenant, --target, --mapping, --key, or --all.");
                return BAD_USAGE;
            }
            List<String> unknown = unknownKeys(rows);
            unknown.forEach(key -> err().println("No parked row has the key " + key + "; see \"park list\"."));
            if (!unknown.isEmpty()) {
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

    @Command(
            name = "retry",
            description = "Tries parked rows again, with their current contents.",
            usageHelpAutoWidth = true,
            footer = "%nExit code 1: some rows were refused again and stay parked.")
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

    @Command(
            name = "discard",
            description = "Discards parked rows until they change at the source.",
            usageHelpAutoWidth = true,
            footer = "%nThe external database keeps its version of these rows; \"verify\" reports them as different.")
    static final class Discard extends OnNamedRows {

        @Override
        int act(SyncConfig config, ParkedRowStore store, List<ParkedRow> rows) throws SQLException {
            out().println(store.discard(rows) + " discarded.");
            return DONE;
        }
    }
}
