package dev.tideline.sync.cli;

import dev.tideline.sync.config.Problem;
import dev.tideline.sync.config.TenantsConfig;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SourceServer;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.plan.InstallPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The output of {@code check}: what will be tracked, and where it goes. */
final class PlanText {

    private PlanText() {}

    static void print(SyncPlan plan, SourceServer server, PrintWriter out) {
        line(out, "source", plan.config().source().redacted() + ", Postgres " + server.version());
        TenantsConfig tenants = plan.config().tenants();
        line(out, "tenants", tenants.table().orElse("a query") + " (" + String.join(", ", tenants.key()) + ")");
        plan.mappings().forEach(mapping -> print(mapping, out));
    }

    private static void print(Mapping mapping, PrintWriter out) {
        out.println("mapping " + printable(mapping.name()));
        line(out, "  table", mapping.table() + " -> " + mapping.target());
        line(out, "  tenant", names(mapping.tenant()));
        line(out, "  key", names(mapping.key()));
        line(
                out,
                "  columns",
                mapping.columns().stream()
                        .map(column -> column.name() + " " + column.type())
                        .collect(Collectors.joining(", ")));
        mapping.where().ifPresent(where -> line(out, "  where", where.strip()));
        mapping.dependencies().forEach(dependency -> line(out, "  depends on", text(dependency)));
    }

    static void printTargets(Map<InstallPlan.Target, List<Problem>> targets, PrintWriter out) {
        if (!targets.isEmpty()) {
            out.println("external databases");
        }
        targets.forEach((target, problems) -> line(
                out,
                "  " + target.tenant() + "/" + target.name(),
                (target.address() + "  " + (problems.isEmpty() ? "ok" : "see the warning")).strip()));
    }

    private static String text(Mapping.Dependency dependency) {
        return dependency.table() + " ("
                + IntStream.range(0, dependency.root().size())
                        .mapToObj(i -> dependency.root().get(i).name() + " = "
                                + dependency.theirs().get(i).name())
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static String names(List<Column> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static void line(PrintWriter out, String label, String text) {
        out.println(String.format("%-14s %s", printable(label), printable(text)));
    }

    /** Names come from files and databases, and must not be able to control the terminal. */
    private static String printable(String text) {
        return new Problem(Optional.empty(), 0, 0, "", text, "").what();
    }
}
