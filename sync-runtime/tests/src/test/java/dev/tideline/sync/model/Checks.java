package dev.tideline.sync.model;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold at any time, and what must hold in the end. Remembers what it has seen. Used by one thread. */
final class Checks {

    private final SourceModel model;
    private final Expectation expectation;
    private final Targets targets;
    private final Map<String, Long> cursors = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Set<ModelTable> hidden;

    /** @param hidden tables of which the runtimes cannot see all rows, as it changes */
    Checks(SourceModel model, Expectation expectation, Targets targets, Set<ModelTable> hidden) {
        this.model = model;
        this.expectation = expectation;
        this.targets = targets;
        this.hidden = hidden;
    }

    /** Looks at everything once. */
    void look() throws SQLException {
        for (ModelTable table : ModelTable.values()) {
            List<List<String>> source = new ArrayList<>(targets.source(table));
            source.sort(Comparator.comparing(List::toString));
            List<List<String>> expected = new ArrayList<>(model.rows(table));
            expected.sort(Comparator.comparing(List::toString));
            if (!source.equals(expected)) {
                throw new HistoryFailure("the model is wrong: " + table + " is " + source + ", not " + expected);
            }
        }
        for (Slot slot : Slot.values()) {
            look(slot, targets.content(slot));
        }
    }

    private void look(Slot slot, Targets.Content content) {
        content.cursors().forEach((mapping, cursor) -> {
            Long before = cursors.put(slot + "/" + mapping, cursor);
            if (before != null && before > cursor) {
                throw new HistoryFailure(
                        slot + ": the cursor of " + mapping + " went back from " + before + " to " + cursor);
            }
        });
        content.rows().forEach((mapping, rows) -> {
            int tenant = Expectation.COLUMNS.get(mapping).indexOf("tenant");
            int version = Expectation.COLUMNS.get(mapping).indexOf("v");
            for (List<String> row : rows) {
                String text = Expectation.text(row.toArray(String[]::new));
                if (!slot.tenant().equals(row.get(tenant))) {
                    throw new HistoryFailure(slot + ": " + mapping + " has a row of another tenant: " + text);
                }
                if (!expectation.everCommitted(slot.tenant(), mapping, text)) {
                    throw new HistoryFailure(slot + ": " + mapping + " has a row that was never committed: " + text);
                }
                long now = Long.parseLong(row.get(version));
                Long before = versions.put(slot + "/" + mapping + "/" + key(mapping, row), now);
                if (before != null && before > now) {
                    throw new HistoryFailure(
                            slot + ": " + mapping + " went back from version " + before + " to " + text);
                }
            }
        });
    }

    private static List<String> key(String mapping, List<String> row) {
        return row.subList(
                0,
                switch (mapping) {
                    case "lines" -> 3;
                    case "notes" -> 2;
                    default -> 1;
                });
    }

    /** How the followed external databases differ from what is committed; empty if they do not. */
    List<String> differences() throws SQLException {
        List<String> differences = new ArrayList<>();
        for (Slot slot : targets.followed()) {
            Targets.Content content = targets.content(slot);
            for (String mapping : Expectation.COLUMNS.keySet()) {
                Set<String> expected = expectation.rows(slot.tenant(), mapping);
                Set<String> there = content.texts(mapping);
                int rows = content.rows().getOrDefault(mapping, List.of()).size();
                if (!content.rows().containsKey(mapping) && !isStopped(slot, mapping)) {
                    differences.add(slot + ": there is no table " + mapping);
                } else if ((!expected.equals(there) || rows != there.size()) && !isStopped(slot, mapping)) {
                    Set<String> missing = new HashSet<>(expected);
                    missing.removeAll(there);
                    Set<String> extra = new HashSet<>(there);
                    extra.removeAll(expected);
                    differences.add(slot + ": " + mapping + " lacks " + missing + " and has " + extra + " too much");
                }
            }
        }
        return differences;
    }

    /** Whether a mapping that cannot be followed says so. */
    private boolean isStopped(Slot slot, String mapping) throws SQLException {
        return hidden.stream().anyMatch(table -> table.mappings().contains(mapping))
                && targets.saysHidden(slot, mapping);
    }
}
