package dev.tideline.sync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tideline.sync.OutgoingRequests;
import dev.tideline.sync.OutgoingRequests.Entry;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.SchemaVersion;
import dev.tideline.sync.mapping.SourceConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "requests",
        description = "Lists outgoing HTTP requests, and retries or discards dead letters.",
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "(list | retry | discard)",
        subcommands = {RequestsCommand.Listing.class, RequestsCommand.Retry.class, RequestsCommand.Discard.class})
final class RequestsCommand extends CommandGroup {

    /** What the three have in common. */
    abstract static class OnRequests extends TidelineCommand {

        @Override
        final int run(SyncConfig config) throws SQLException, JsonProcessingException {
            try (Connection connection = SourceConnection.open(config)) {
                InstalledLayout.required(connection);
                SchemaVersion.check(connection);
                return run(new OutgoingRequests(connection));
            }
        }

        abstract int run(OutgoingRequests requests) throws SQLException, JsonProcessingException;
    }

    @Command(name = "list", description = "Shows requests with their errors.", usageHelpAutoWidth = true)
    static final class Listing extends OnRequests {

        @Option(
                names = "--state",
                paramLabel = "STATE",
                defaultValue = "dead",
                description = "dead, waiting or in_flight; default: ${DEFAULT-VALUE}.")
        private OutgoingRequests.State state;

        @Option(names = "--after", paramLabel = "ID", defaultValue = "0", description = "Only requests after this one.")
        private long after;

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "100",
                converter = FromZero.class,
                description = "How many to list at most; default: ${DEFAULT-VALUE}.")
        private int limit;

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Override
        int run(OutgoingRequests requests) throws SQLException, JsonProcessingException {
            List<Entry> entries = requests.list(Optional.of(state), after, limit);
            if (json) {
                out().println(ParkText.json(entries.stream().map(Listing::json).toList()));
            } else if (entries.isEmpty()) {
                out().println("No request is "
                        + state.name().toLowerCase(Locale.ROOT).replace('_', ' ') + ".");
            } else {
                entries.forEach(entry -> out().println(line(entry)));
            }
            return DONE;
        }

        private static Map<String, Object> json(Entry entry) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("id", entry.id());
            json.put("state", entry.state().name().toLowerCase(Locale.ROOT));
            json.put("message_id", entry.messageId());
            json.put("sender", entry.sender());
            json.put("tenant", entry.tenant().orElse(null));
            json.put("host", entry.host());
            json.put("attempts", entry.attempts());
            json.put("last_error", entry.lastError().orElse(null));
            json.put("enqueued_at", entry.enqueuedAt());
            json.put("not_before", entry.notBefore());
            return json;
        }

        private static String line(Entry entry) {
            String text = entry.id() + " " + entry.sender() + " to " + entry.host()
                    + entry.tenant().map(tenant -> ", tenant " + tenant).orElse("") + ": "
                    + entry.lastError().orElse("not tried yet") + " ("
                    + entry.attempts() + (entry.attempts() == 1 ? " try" : " tries") + ", enqueued "
                    + entry.enqueuedAt()
                    + ")";
            // Errors come from receivers, and must not be able to control the terminal.
            return new Problem(Optional.empty(), 0, 0, "", text, "").what();
        }
    }

    /** Commands that change requests require a selection. */
    abstract static class OnNamedRequests extends OnRequests {

        @Parameters(paramLabel = "ID", arity = "0..*", description = "Ids, as \"list\" shows them.")
        private List<String> ids = List.of();

        @Option(names = "--all", description = "All dead letters.")
        private boolean all;

        @Override
        final int run(OutgoingRequests requests) throws SQLException {
            if (all == !ids.isEmpty()) {
                err().println("Say which requests: their ids, or --all.");
                return BAD_USAGE;
            }
            List<Long> dead =
                    requests.dead(ids.stream().flatMap(OnNamedRequests::number).toList());
            List<String> unknown = new ArrayList<>(ids);
            dead.forEach(id -> unknown.removeIf(written -> number(written).anyMatch(id::equals)));
            unknown.forEach(id -> err().println("No dead letter has the id " + id + "; see \"requests list\"."));
            if (!unknown.isEmpty()) {
                return BAD_USAGE;
            }
            int done = all ? onAll(requests) : on(requests, dead);
            out().println(done == 0 ? "No request is a dead letter." : Counted.of(done, "request") + " " + did());
            return DONE;
        }

        private static Stream<Long> number(String id) {
            try {
                return Stream.of(Long.valueOf(id));
            } catch (NumberFormatException e) {
                return Stream.empty();
            }
        }

        abstract int onAll(OutgoingRequests requests) throws SQLException;

        abstract int on(OutgoingRequests requests, List<Long> ids) throws SQLException;

        abstract String did();
    }

    @Command(
            name = "retry",
            description = "Sends dead letters again, with the same webhook-id.",
            usageHelpAutoWidth = true)
    static final class Retry extends OnNamedRequests {

        @Override
        int onAll(OutgoingRequests requests) throws SQLException {
            return requests.retryAll();
        }

        @Override
        int on(OutgoingRequests requests, List<Long> ids) throws SQLException {
            return requests.retry(ids);
        }

        @Override
        String did() {
            return "will be tried again by the next runtime that polls.";
        }
    }

    @Command(name = "discard", description = "Removes dead letters for good.", usageHelpAutoWidth = true)
    static final class Discard extends OnNamedRequests {

        @Override
        int onAll(OutgoingRequests requests) throws SQLException {
            return requests.discardAll();
        }

        @Override
        int on(OutgoingRequests requests, List<Long> ids) throws SQLException {
            return requests.discard(ids);
        }

        @Override
        String did() {
            return "discarded.";
        }
    }
}
