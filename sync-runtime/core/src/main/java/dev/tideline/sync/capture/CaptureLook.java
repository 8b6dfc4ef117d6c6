package dev.tideline.sync.capture;

import dev.tideline.sync.capture.Standing.ColumnFacts;
import dev.tideline.sync.capture.Standing.FunctionFacts;
import dev.tideline.sync.capture.Standing.Relation;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.layout.InstalledStream;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;

/**
 * What has changed about one stream since it was last checked, and what follows from that, in order of importance:
 * capture cannot work, or its triggers are missing, or the table's rows may have changed without a write.
 *
 * @param now state as JSON, to be recorded
 * @param recorded the known trouble; null if there is none
 * @param owed why a pass wants the table compared; null if it does not
 * @param formerTableIs current name of the table that was captured; null if it is gone
 * @param selected whether a mapping reads the table through a select, which may use every column of it
 */
record CaptureLook(
        InstalledStream installed,
        Optional<Standing> before,
        Standing standing,
        String now,
        String recorded,
        String owed,
        String formerTableIs,
        boolean selected) {

    private static final String SQL = SqlTemplate.text("1-capture/standing");

    /**
     * The sequencer's session would take 3 s for 350 tables instead of 36 ms: with its settings, every plan is
     * expensive enough for JIT.
     */
    private static final String AS_THE_PLANNER_LIKES = "SET LOCAL enable_seqscan = on; SET LOCAL jit = off";

    /** Checks all streams and returns those that have changed. Takes no lock on a table of the user's. */
    static List<CaptureLook> at(Connection source, InstalledLayout layout) throws SQLException {
        return source.getAutoCommit()
                ? Jdbc.inTransaction(source, () -> within(source, layout))
                : within(source, layout);
    }

    private static List<CaptureLook> within(Connection source, InstalledLayout layout) throws SQLException {
        Jdbc.execute(source, AS_THE_PLANNER_LIKES);
        return Jdbc.list(source, SQL, row -> of(row, layout)).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<CaptureLook> of(ResultSet row, InstalledLayout layout) throws SQLException {
        int id = row.getInt("stream_id");
        Optional<InstalledStream> installed =
                layout.streams().stream().filter(s -> s.id() == id).findFirst();
        if (installed.isEmpty()) {
            return Optional.empty(); // an install is running
        }
        String now = row.getString("now");
        return Optional.of(new CaptureLook(
                installed.get(),
                Standing.read(row.getString("before")),
                Standing.read(now).orElseThrow(),
                now,
                row.getString("trouble"),
                row.getString("owed"),
                row.getString("former_table_is"),
                row.getBoolean("selected")));
    }

    TableName table() {
        return installed.stream().table();
    }

    /** Why changes of the stream cannot be captured, whatever triggers there are. */
    Optional<String> trouble() {
        if (standing.table() == null) {
            return Optional.of(
                    formerTableIs == null
                            ? "table " + table() + " no longer exists. Create it again, or remove it from the"
                                    + " configuration and run \"install\""
                            : "table " + table() + " was renamed to " + formerTableIs
                                    + ". Use this name in the configuration and run \"install\", or rename it"
                                    + " back");
        }
        return installed.stream().columns().stream()
                .map(this::trouble)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> trouble(Column column) {
        String name = column.name();
        ColumnFacts former = before.map(b -> b.columns().get(name)).orElse(null);
        ColumnFacts current = standing.columns().get(name);
        String label = "column " + name + " of table " + table();
        if (current == null) {
            return Optional.of(standing.columns().entrySet().stream()
                    .filter(c -> former != null && c.getValue().number() == former.number())
                    .map(c -> label + " was renamed to " + c.getKey()
                            + ". Use this name in the configuration and run \"install\", or rename it back")
                    .findFirst()
                    .orElse(label + " no longer exists. Remove it from the configuration and run \"install\""));
        }
        return former == null || former.type().equals(current.type())
                ? Optional.empty()
                : Optional.of(label + " was of type " + former.type() + " and is of type " + current.type()
                        + " now. Run \"install\"");
    }

    /** Which triggers of ours are missing, or were missing for a while, so that changes may have been missed. */
    Optional<String> loss() {
        return replaced()
                ? Optional.of("table " + table() + " was replaced by another table of the same name")
                : tablesWithoutTriggers().stream()
                        .findFirst()
                        .map(table -> "triggers of table " + table + " were dropped or switched off")
                        .or(() -> function((now, former) -> !now.digest().equals(former.digest())));
    }

    /** Which function that the triggers call was replaced since it was recorded, even if it was put back. */
    Optional<String> replacedFunction() {
        return function((now, former) -> !now.digest().equals(former.digest()) || now.replacedSince(former));
    }

    private Optional<String> function(BiPredicate<FunctionFacts, FunctionFacts> isAnother) {
        return before.map(Standing::functions)
                .flatMap(former -> standing.functions().entrySet().stream()
                        .filter(now -> former.containsKey(now.getKey())
                                && isAnother.test(now.getValue(), former.get(now.getKey())))
                        .map(now -> "function tideline." + now.getKey() + ", which captures changes of table " + table()
                                + ", was replaced or altered")
                        .findFirst());
    }

    private boolean replaced() {
        return before.isPresent()
                && before.get().table() != null
                && !before.get().table().equals(standing.table());
    }

    /** Tables whose triggers have to be restored. */
    Set<TableName> tablesWithoutTriggers() {
        Set<TableName> without = new TreeSet<>();
        standing.relations().forEach((oid, relation) -> {
            Relation former = former(oid);
            if (!relation.captures() || former != null && !relation.keptTriggersOf(former)) {
                without.add(relation.partition() ? table() : relation.tableName());
            }
        });
        return without;
    }

    private Relation former(String oid) {
        return before.map(b -> b.relations().get(oid)).orElse(null);
    }

    /** Why rows of the table may have other values than before although none was written. */
    Optional<String> silentChange() {
        if (before.isEmpty()) {
            return Optional.empty();
        }
        List<String> changes = new ArrayList<>();
        if (before.get().missed() != null && !before.get().missed().equals(standing.missed())) {
            changes.add("capture could not write to its tables in schema tideline for a while");
        }
        replacedFunction().ifPresent(changes::add);
        standing.relations().forEach((oid, relation) -> {
            Relation former = former(oid);
            if (former == null) {
                return;
            }
            if (relation.rewrittenSince(former)) {
                changes.add("table " + relation.tableName() + " was rewritten by ALTER TABLE");
            }
            if (former.unlogged() != null && !former.unlogged().equals(relation.unlogged())) {
                changes.add("table " + relation.tableName() + " is unlogged, and a crash of the source emptied it");
            }
            if (!Objects.equals(former.generated(), relation.generated())) {
                changes.add("table " + relation.tableName() + " computes a generated column differently");
            }
        });
        before.get().relations().forEach((oid, former) -> {
            if (!former.partition() && !standing.relations().containsKey(oid)) {
                changes.add("table " + former.tableName() + " no longer inherits from table " + table()
                        + ", and took its rows along");
            }
        });
        Map<String, ColumnFacts> former = before.get().columns();
        standing.columns().forEach((name, column) -> {
            if (former.containsKey(name) && !former.get(name).equals(column)) {
                changes.add("column " + name + " of table " + table() + " was replaced, or has another type");
            } else if (selected && !former.containsKey(name)) {
                changes.add("column " + name + " of table " + table() + " is new, and a select may read it");
            }
        });
        before.get().types().forEach((key, fact) -> {
            String current = standing.types().get(key);
            if (current != null && !current.equals(fact)) {
                changes.add("a type in table " + table() + " changed: " + fact + " became " + current);
            }
        });
        if (before.get().code() != null) {
            standing.code().forEach((name, version) -> {
                if (!version.equals(before.get().code().getOrDefault(name, version))) {
                    changes.add(name + ", which a mapping may read, was replaced");
                }
            });
        }
        return changes.stream().findFirst();
    }
}
