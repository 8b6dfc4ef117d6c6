package dev.tideline.sync.capture;

import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.layout.Layout;
import dev.tideline.sync.layout.Stream;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an install would do in the source. */
public final class CapturePlan {

    /** What happens to the capture of one table. */
    public enum Change {
        /** Nothing: it is complete. */
        KEPT,
        /** Triggers and functions are added, and a ledger if the table is a mapping's root. */
        ADDED,
        /** Its triggers were dropped or disabled; they are restored, and targets are compared. */
        RESTORED,
        /** The types of its columns changed; its ledger is created again. */
        RETYPED,
        /** Nothing uses it any more: triggers, functions and ledger are removed. */
        REMOVED
    }

    /**
     * @param kind {@code root}, {@code dependency} or {@code directory}
     * @param table as written in the configuration
     * @param columns whose values are captured
     * @param locks locks taken on tables; empty if there are none
     */
    public record Step(Change change, String kind, String table, List<String> columns, List<String> locks) {}

    private CapturePlan() {}

    /** Plans an install; {@code before} is empty if nothing is installed. */
    public static List<Step> of(Connection source, SyncPlan plan, Optional<InstalledLayout> before)
            throws SQLException {
        List<Step> steps = new ArrayList<>();
        List<Stream> wanted = Layout.streams(plan);
        for (Stream stream : wanted) {
            steps.add(step(source, stream, before));
        }
        for (InstalledStream obsolete :
                before.map(layout -> layout.obsolete(wanted)).orElse(List.of())) {
            if (wanted.stream().noneMatch(w -> sameBut(w, obsolete.stream()))) {
                steps.add(step(
                        Change.REMOVED,
                        obsolete.stream(),
                        "ACCESS EXCLUSIVE",
                        CaptureTriggers.tablesWithTriggers(source, obsolete)));
            }
        }
        return steps;
    }

    /** Whether changes of a stream were missed, or will have been, so that targets have to be compared. */
    public static boolean missed(Connection source, InstalledStream stream) throws SQLException {
        for (TableName table : CaptureTriggers.tablesOf(source, stream.stream().table())) {
            if (!CaptureTriggers.presentOn(source, stream, table)) {
                return true;
            }
        }
        return false;
    }

    private static Step step(Connection source, Stream stream, Optional<InstalledLayout> before) throws SQLException {
        Optional<InstalledStream> found = before.flatMap(layout -> layout.find(stream));
        List<TableName> tables = CaptureTriggers.tablesOf(source, stream.table());
        if (found.isPresent()) {
            List<TableName> lacking = new ArrayList<>();
            for (TableName table : tables) {
                if (!CaptureTriggers.presentOn(source, found.get(), table)) {
                    lacking.add(table);
                }
            }
            return lacking.isEmpty()
                    ? step(Change.KEPT, stream, "", List.of())
                    : step(Change.RESTORED, stream, "ACCESS EXCLUSIVE", lacking);
        }
        boolean retyped =
                before.isPresent() && before.get().streams().stream().anyMatch(s -> sameBut(stream, s.stream()));
        return retyped
                ? step(Change.RETYPED, stream, "ACCESS EXCLUSIVE", tables)
                : step(Change.ADDED, stream, "SHARE ROW EXCLUSIVE", tables);
    }

    private static Step step(Change change, Stream stream, String lock, List<TableName> tables) {
        return new Step(
                change,
                stream.kind().text(),
                stream.table().toString(),
                stream.columnNames(),
                tables.stream().map(table -> lock + " on " + table).toList());
    }

    /** Whether only the types differ. */
    private static boolean sameBut(Stream a, Stream b) {
        return a.kind() == b.kind()
                && a.table().equals(b.table())
                && a.columnNames().equals(b.columnNames())
                && a.tenantColumns() == b.tenantColumns();
    }

    /** The epoch of a stream. */
    public static long epoch(Connection source, InstalledStream stream) throws SQLException {
        return Jdbc.one(
                source, "SELECT epoch FROM tideline.stream WHERE stream_id = ?", row -> row.getLong(1), stream.id());
    }

    /** The id up to which a tenant's entries were collected; -1 if none were. */
    public static long collected(Connection source, InstalledStream stream, String tenant) throws SQLException {
        return Jdbc.first(
                        source,
                        "SELECT sequence_id FROM tideline.collected WHERE stream_id = ? AND tenant = ?",
                        row -> row.getLong(1),
                        stream.id(),
                        tenant)
                .orElse(-1L);
    }
}
