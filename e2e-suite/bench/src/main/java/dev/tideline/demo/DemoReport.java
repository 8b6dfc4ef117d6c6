package dev.tideline.demo;

import dev.tideline.e2e.Lags;
import dev.tideline.e2e.Verification.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The demo's result as text. */
final class DemoReport {

    /** One line of the table. */
    record Line(Verified verified, String databaseName, Lags lags) {}

    private final List<Line> lines;

    DemoReport(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    boolean verified() {
        return lines.stream().allMatch(line -> line.verified().equal());
    }

    /** The table, and below it the meaning of its columns. */
    List<String> table() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("tenant", "database", "rows", "lag p50", "lag p99", "verified"));
        for (Line line : lines) {
            cells.add(List.of(
                    line.verified().tenant(),
                    line.databaseName(),
                    String.format(Locale.ROOT, "%,d", line.verified().rows()),
                    line.lags().text(0.5),
                    line.lags().text(0.99),
                    line.verified().equal() ? "yes" : "NO"));
        }
        List<String> text = new ArrayList<>(aligned(cells));
        text.add(
                lines.stream().allMatch(line -> line.lags().samples() == 0)
                        ? "lag was not measured: a server runs with track_commit_timestamp=off"
                        : "lag: from the commit at the source to the commit in the external database, of "
                                + lines.stream()
                                        .mapToInt(line -> line.lags().samples())
                                        .sum()
                                + " changed rows");
        return text;
    }

    /** The last line: the overall result. */
    String verdict() {
        long rows = lines.stream().mapToLong(line -> line.verified().rows()).sum();
        return verified()
                ? String.format(
                        Locale.ROOT,
                        "%,d rows in %d external databases equal their source, column for column: verified",
                        rows,
                        lines.size())
                : "NOT verified: external databases differ from the source.\n  "
                        + String.join(
                                "\n  ",
                                lines.stream()
                                        .flatMap(line -> line.verified().differences().stream())
                                        .toList())
                        + "\nThis is a bug in Tideline. Please report it.";
    }

    private static List<String> aligned(List<List<String>> cells) {
        int[] widths = new int[cells.get(0).size()];
        cells.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        return cells.stream()
                .map(row -> {
                    StringBuilder line = new StringBuilder();
                    for (int i = 0; i < widths.length; i++) {
                        boolean number = i >= 2 && i <= 4;
                        line.append(String.format("%" + (number ? "" : "-") + widths[i] + "s  ", row.get(i)));
                    }
                    return line.toString().stripTrailing();
                })
                .toList();
    }
}
