package dev.tideline.sync.cli;

import dev.tideline.sync.capture.CapturePlan;
import dev.tideline.sync.config.Problem;
import dev.tideline.sync.plan.InstallPlan;
import dev.tideline.sync.plan.InstallPlan.MappingInTarget;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;

/** Prints the plan of an install. */
record InstallPlanText(PrintWriter out) {

    void print(InstallPlan plan) {
        line("source");
        line("  schema tideline: " + plan.schema());
        plan.capture().forEach(this::print);
        if (plan.capture().stream().anyMatch(step -> !step.locks().isEmpty())) {
            line("  Each attempt to take a lock lasts at most 2 s. While install waits for or holds SHARE ROW"
                    + " EXCLUSIVE, writers wait; for ACCESS EXCLUSIVE, readers wait too. It holds a lock for"
                    + " milliseconds.");
        }
        line("external databases");
        plan.targets().forEach(this::print);
        if (plan.targets().isEmpty() && plan.targetsNotLookedAt() == 0) {
            line("  none");
        }
        if (plan.targetsNotLookedAt() > 0) {
            line("  " + plan.targetsNotLookedAt() + " more were not looked at; see --targets");
        }
        line("Nothing has been changed.");
    }

    private void print(CapturePlan.Step step) {
        String what = switch (step.change()) {
            case KEPT -> "captured as before";
            case ADDED -> "5 triggers and 3 functions added" + (step.kind().equals("root") ? ", and a ledger" : "");
            case RESTORED -> "triggers restored, because they were dropped or switched off";
            case RETYPED -> "triggers, functions and ledger created again, since types have changed";
            case REMOVED -> "no longer captured: triggers, functions and ledger removed";
        };
        line("  " + step.table() + " (" + String.join(", ", step.columns()) + "): " + what
                + (step.locks().isEmpty() ? "" : "; takes " + String.join(", ", step.locks())));
    }

    private void print(InstallPlan.Target target) {
        line("  " + (target.tenant() + "/" + target.name() + "  " + target.address()).strip());
        if (target.problem() != null) {
            line("    " + target.problem());
        }
        target.mappings().forEach(this::print);
    }

    private void print(MappingInTarget mapping) {
        String what = switch (mapping.action()) {
            case FILL -> "table " + mapping.table() + " is filled with about " + Counted.of(mapping.rows(), "row");
            case COPY_AGAIN ->
                "about " + Counted.of(mapping.rows(), "row") + " copied again into " + mapping.table()
                        + ", and rows that the mapping no longer returns are deleted";
            case GO_ON_COPYING -> "the copy into " + mapping.table() + " goes on";
            case FOLLOW -> "table " + mapping.table() + " is updated as before";
            case LEAVE -> "its table is left as it is";
            case FAIL -> "fails until this is fixed there: " + mapping.problem();
        };
        line("    " + mapping.mapping() + ": " + what);
        details("because", mapping.because());
        details("alters", mapping.alterations());
        details("leaves", mapping.left());
    }

    private void details(String label, List<String> texts) {
        texts.forEach(text -> line("      " + label + ": " + text));
    }

    /** Names come from files and databases, and must not be able to control the terminal. */
    private void line(String text) {
        out.println(new Problem(Optional.empty(), 0, 0, "", text, "").what());
    }
}
