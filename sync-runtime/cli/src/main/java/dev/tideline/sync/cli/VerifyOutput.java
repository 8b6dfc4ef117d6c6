package dev.tideline.sync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.verify.RepairReport;
import dev.tideline.sync.verify.RowDifference;
import dev.tideline.sync.verify.Side;
import dev.tideline.sync.verify.VerifyListener.Phase;
import dev.tideline.sync.verify.VerifyReport;
import java.io.PrintWriter;
import java.util.Locale;

/** The output of {@code verify}, as lines or as one JSON document, and its exit code. */
final class VerifyOutput {

    private static final String CLEAR = "\r\u001b[2K";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean terminal;
    private final JsonMapper mapper = new JsonMapper();
    private final ArrayNode comparisons = mapper.createArrayNode();
    private final long[] done = new long[Side.values().length]; // guarded by this
    private String subject = "";
    private int count;
    private boolean failures;
    private boolean differences;

    VerifyOutput(PrintWriter out, PrintWriter err, boolean json, boolean terminal) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.terminal = terminal;
    }

    void begin(String target, String mapping) {
        subject = target + " " + mapping;
        java.util.Arrays.fill(done, 0);
    }

    /** A progress line, on a terminal only. Called from two threads. */
    synchronized void progress(Phase phase, Side side, long rows, long ofRows) {
        if (!terminal) {
            return;
        }
        done[side.ordinal()] = rows;
        err.print(CLEAR + subject + ": "
                + switch (phase) {
                    case SCAN ->
                        "hashed " + done[0] + " rows of the source, " + done[1] + " of the target (of about " + ofRows
                                + ")";
                    case NARROW -> "listing rows that may differ: " + rows + " of " + ofRows;
                    case SETTLE -> rows + " rows may be under way, looking again";
                });
        err.flush();
    }

    void compared(ExternalDatabase database, Mapping mapping, VerifyReport report) {
        differences |= !report.equal();
        entry(database, mapping, report);
        line(subject + ": " + summary(report));
        list(report);
    }

    void repaired(ExternalDatabase database, Mapping mapping, RepairReport report) {
        differences |= !report.after().equal();
        ObjectNode entry = entry(database, mapping, report.after());
        entry.put("repaired", report.repaired());
        entry.put("differences_before", report.before().differences());
        if (report.before().equal()) {
            line(subject + ": " + summary(report.after()));
            return;
        }
        line(subject + ": " + summary(report.before()));
        list(report.before());
        line(subject + ": " + Counted.of(report.repaired(), "row") + " repaired; now " + summary(report.after()));
        list(report.after());
    }

    void failed(ExternalDatabase database, Mapping mapping, RuntimeException e) {
        failures = true;
        count++;
        comparisons
                .addObject()
                .put("tenant", database.tenant())
                .put("target", database.name())
                .put("mapping", mapping.name())
                .put("error", e.getMessage());
        clear();
        err.println(subject + ": " + e.getMessage());
    }

    /** Prints the result; returns the exit code. A failed comparison takes precedence over a difference. */
    int finish() throws JsonProcessingException {
        int code = failures ? TidelineCommand.FAILED : differences ? TidelineCommand.DIFFERENT : TidelineCommand.DONE;
        if (json) {
            ObjectNode all = mapper.createObjectNode();
            all.put("equal", code == TidelineCommand.DONE);
            all.set("comparisons", comparisons);
            out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } else if (count == 0) {
            out.println("There is no external database to compare.");
        } else if (code == TidelineCommand.DONE) {
            out.println("verified: every row is the same.");
        }
        return code;
    }

    private static String summary(VerifyReport report) {
        if (report.equal()) {
            return Counted.of(report.sourceRows(), "row") + ", all the same";
        }
        return Counted.of(report.differences(), "row") + (report.differences() == 1 ? " differs" : " differ")
                + " (source " + report.sourceRows() + ", target "
                + report.targetRows() + "): " + report.missing() + " missing, " + report.extra() + " extra, "
                + report.different() + " different, " + report.unsettled() + " unsettled"
                + (report.parked() > 0 ? ", " + report.parked() + " parked (see \"park list\")" : "");
    }

    private void list(VerifyReport report) {
        for (RowDifference row : report.rows()) {
            line("  " + word(row.kind()) + " " + row.key()
                    + (row.columns().isEmpty() ? "" : ": " + String.join(", ", row.columns())));
        }
        long more = report.differences() - report.rows().size();
        if (more > 0) {
            line("  and " + more + " more; see --limit");
        }
    }

    private ObjectNode entry(ExternalDatabase database, Mapping mapping, VerifyReport report) {
        count++;
        ObjectNode entry = comparisons.addObject();
        entry.put("tenant", database.tenant());
        entry.put("target", database.name());
        entry.put("mapping", mapping.name());
        entry.put("equal", report.equal());
        entry.put("source_rows", report.sourceRows());
        entry.put("target_rows", report.targetRows());
        entry.put("missing", report.missing());
        entry.put("extra", report.extra());
        entry.put("different", report.different());
        entry.put("parked", report.parked());
        entry.put("unsettled", report.unsettled());
        ObjectNode columns = entry.putObject("columns");
        report.columns().forEach(columns::put);
        ArrayNode rows = entry.putArray("rows");
        for (RowDifference row : report.rows()) {
            ObjectNode one = rows.addObject().put("kind", word(row.kind()));
            row.key().parts().forEach(one.withArray("key")::add);
            row.columns().forEach(one.withArray("columns")::add);
        }
        return entry;
    }

    private static String word(RowDifference.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private void line(String text) {
        if (!json) {
            clear();
            out.println(text);
        }
    }

    private void clear() {
        if (terminal) {
            err.print(CLEAR);
            err.flush();
        }
    }
}
