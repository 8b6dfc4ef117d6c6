package dev.tideline.sync.cli;

import dev.tideline.sync.status.Status;
import java.io.PrintWriter;

/** The status for a person's eyes. */
final class StatusText {

    private final PrintWriter out;

    StatusText(PrintWriter out) {
        this.out = out;
    }

    void print(Status status) {
        Status.Sequencer sequencer = status.sequencer();
        out.printf(
                "sequencer  %s, %d changes pending%s, last id %d at %s%n",
                !sequencer.enabled() ? "switched off" : sequencer.running() ? "running" : "not running",
                sequencer.pendingChanges(),
                sequencer.fanOuts() == 0 ? "" : ", " + sequencer.fanOuts() + " fan-outs",
                sequencer.lastSequenceId(),
                sequencer.lastPassAt());
        Status.Poller poller = status.poller();
        out.printf(
                "poller     %s; requests: %d pending, %d in flight, %d stale, %d dead%s%n",
                poller.enabled() ? "on" : "switched off",
                poller.pending(),
                poller.inFlight(),
                poller.stale(),
                poller.dead(),
                poller.oldestSeconds() == null ? "" : String.format("; oldest %.1f s", poller.oldestSeconds()));
        for (Status.MappingStatus mapping : status.mappings()) {
            out.printf(
                    "mapping    %s (%s): about %s rows, %d in the ledger%n",
                    mapping.name(),
                    mapping.table(),
                    mapping.rowsEstimate() < 0 ? "an unknown number of" : mapping.rowsEstimate(),
                    mapping.changedRows());
        }
        out.printf(
                "targets    %d, %d ok, %d failing%s%n",
                status.totals().targets(),
                status.totals().ok(),
                status.totals().failing(),
                status.totals().parkedRows() == 0 ? "" : "; " + status.totals().parkedRows() + " rows parked");
        status.targets().forEach(this::print);
    }

    private void print(Status.Target target) {
        out.printf("  %s/%s  %s  %s%n", target.tenant(), target.name(), target.status(), target.address());
        if (target.error() != null) {
            out.printf("    %s (%d failures, next try %s)%n", target.error(), target.failures(), target.retryAt());
        }
        for (Status.TargetMapping mapping : target.mappings()) {
            out.printf(
                    "    %s: cursor %s, backlog %s%s%s%n",
                    mapping.name(),
                    mapping.cursor() == null ? "none yet" : mapping.cursor(),
                    mapping.backlog() == null ? "unknown" : mapping.backlog(),
                    mapping.copiedRows() > 0 ? ", copying: " + mapping.copiedRows() + " rows so far" : "",
                    mapping.parked() > 0 ? ", " + mapping.parked() + " parked (see \"park list\")" : "");
        }
    }
}
