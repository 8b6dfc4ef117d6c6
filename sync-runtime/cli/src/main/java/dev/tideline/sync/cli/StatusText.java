package dev.tideline.sync.cli;

import dev.tideline.sync.config.Problem;
import dev.tideline.sync.status.Status;
import dev.tideline.sync.target.ExternalDatabase;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Formats the status for people. */
record StatusText(PrintWriter out) {

    void print(Status status) {
        Status.Sequencer sequencer = status.sequencer();
        out.printf(
                "sequencer  %s, %s pending%s, last id %d%s%n",
                !sequencer.enabled() ? paused("sequencer") : sequencer.running() ? "running" : "on, not running",
                Counted.of(sequencer.pending(), "change"),
                sequencer.fanOuts() == 0 ? "" : ", " + Counted.of(sequencer.fanOuts(), "fan-out"),
                sequencer.lastSequenceId(),
                sequencer.lastPassAt() == null ? "" : " at " + sequencer.lastPassAt());
        for (Status.RefusedTenant refused : sequencer.refusedTenants()) {
            out.printf(
                    "  table %s: %s left out, last at %s: the tenant id has %d bytes and begins with %s%n",
                    refused.table(),
                    Counted.of(refused.changes(), "change"),
                    refused.lastAt().truncatedTo(ChronoUnit.SECONDS),
                    refused.bytes(),
                    Problem.printable(refused.beginning()));
        }
        Status.Poller poller = status.poller();
        out.printf(
                "poller     %s; requests: %d pending, %d in flight, %d stale, %d dead%s%n",
                !poller.enabled() ? paused("poller") : poller.runtimes() > 0 ? "on" : "on, no runtime is running",
                poller.pending(),
                poller.inFlight(),
                poller.stale(),
                poller.dead(),
                poller.oldestCreatedAt() == null
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "; oldest %.1f s",
                                Duration.between(poller.oldestCreatedAt(), status.generatedAt())
                                                .toMillis()
                                        / 1000.0));
        status.webhooks().forEach(this::print);
        status.capture().forEach(this::print);
        for (Status.MappingStatus mapping : status.syncEngine().mappings()) {
            Status.Table table = sequencer.tables().stream()
                    .filter(t -> t.table().equals(mapping.table()) && t.kind().equals("root"))
                    .findFirst()
                    .orElseThrow();
            out.printf(
                    "mapping    %s (%s): %s, %d in the ledger%n",
                    mapping.name(),
                    mapping.table(),
                    table.total() < 0
                            ? "the number of rows is unknown until the first ANALYZE"
                            : "about " + Counted.of(table.total(), "row"),
                    table.entries());
        }
        Status.Totals totals = status.totals();
        out.printf(
                "targets    %d, %d ok, %d failing%s%s%n",
                totals.targets(),
                totals.ok(),
                totals.failing(),
                totals.paused() == 0 ? "" : ", " + totals.paused() + " paused",
                totals.parkedRows() == 0 ? "" : "; " + Counted.of(totals.parkedRows(), "row") + " parked");
        status.externalDatabases().forEach(this::print);
    }

    private void print(Status.Webhook webhook) {
        out.printf(
                Locale.ROOT,
                "webhook    %s: %d waiting, %d dead, %.1f s behind%s%n",
                webhook.mapping(),
                webhook.waiting(),
                webhook.dead(),
                webhook.lagMs() / 1000.0,
                webhook.trouble() == null ? "" : ": " + Problem.printable(webhook.trouble()));
    }

    private void print(Status.Capture capture) {
        String label = capture.table() + " (" + String.join(", ", capture.columns()) + ")";
        if (capture.trouble() != null) {
            out.printf(
                    "capture    %s: not followed%s: %s%n",
                    label,
                    capture.since() == null ? "" : " since " + capture.since().truncatedTo(ChronoUnit.SECONDS),
                    capture.trouble());
        } else if (capture.comparedAt() != null) {
            out.printf(
                    "capture    %s: compared since %s: %s%n",
                    label, capture.comparedAt().truncatedTo(ChronoUnit.SECONDS), capture.comparedBecause());
        }
    }

    private static String paused(String stage) {
        return "paused, until \"resume " + stage + "\"";
    }

    private void print(Status.Target target) {
        String label = Problem.printable(
                ExternalDatabase.label(String.valueOf(target.tenant()), String.valueOf(target.name())));
        out.printf(
                "  %s  %s%s%n",
                label,
                target.status().equals("paused") ? paused(label) : target.status(),
                target.connection() == null ? "" : "  " + target.connection());
        if (target.error() != null) {
            out.println("    " + Problem.printable(target.error()) + tries(target));
        }
        for (Status.TargetMapping mapping : target.mappings()) {
            out.printf(
                    "    %s: cursor %s, backlog %s%s%s%n",
                    mapping.name(),
                    mapping.lastSyncedSequenceId() == null ? "none yet" : mapping.lastSyncedSequenceId(),
                    mapping.backlog() == null ? "unknown" : mapping.backlog(),
                    mapping.copiedRows() > 0 ? ", copying: " + Counted.of(mapping.copiedRows(), "row") + " so far" : "",
                    mapping.parked() > 0 ? ", " + mapping.parked() + " parked (see \"park list\")" : "");
            if (mapping.error() != null && !mapping.error().equals(target.error())) {
                out.println("      " + Problem.printable(mapping.error()));
            }
        }
    }

    private static String tries(Status.Target target) {
        if (target.failures() == 0) {
            return "";
        }
        return " (" + Counted.of(target.failures(), "failure")
                + (target.status().equals("paused") || target.retryAt() == null
                        ? ""
                        : ", next try " + target.retryAt().truncatedTo(ChronoUnit.SECONDS))
                + ")";
    }
}
