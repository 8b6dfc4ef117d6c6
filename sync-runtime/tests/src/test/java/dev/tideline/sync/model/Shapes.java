package dev.tideline.sync.model;

import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the tables are like by now: what an enum's labels are called, which partitions are there, and whose rows are hidden
 * from the runtimes. Each change is a transaction of its own. Used by one thread.
 */
final class Shapes implements AutoCloseable {

    private static final int SESSION = -1;
    private static final int COLOUR = ModelTable.TEAM.columns().indexOf("colour");
    private static final int PARTITION = ModelTable.LINE.columns().indexOf("no");

    private final Connection source;
    private final SourceModel model;
    private final Expectation expectation;
    private final List<String> labels = new ArrayList<>(ModelTable.LABELS);
    private final Map<String, List<List<String>>> detached = new TreeMap<>(); // rows by what is partitioned by
    private final Set<ModelTable> hidden = EnumSet.noneOf(ModelTable.class);
    private boolean partitioned = true;

    Shapes(Arena arena, SourceModel model, Expectation expectation) throws SQLException {
        this.source = arena.source();
        this.model = model;
        this.expectation = expectation;
    }

    /** What a row of the table may be now. */
    List<String> row(ModelTable table, int key, int chance, long version) {
        List<String> row = table.row(key, chance, version);
        if (table == ModelTable.TEAM) {
            row.set(COLOUR, labels.get(ModelTable.LABELS.indexOf(row.get(COLOUR))));
        }
        return row;
    }

    /** Whether there is a partition for a row. */
    boolean takes(ModelTable table, List<String> row) {
        return table != ModelTable.LINE || !detached.containsKey(row.get(PARTITION));
    }

    /** Whether all of its partitions are there. */
    boolean isWhole(ModelTable table) {
        return table != ModelTable.LINE || detached.isEmpty();
    }

    /** An ordinary table that hides nothing has taken a table's place. */
    void swapped(ModelTable table) {
        hidden.remove(table);
        partitioned &= table != ModelTable.LINE;
    }

    /** Tables of which the runtimes cannot see all rows, as it changes. */
    Set<ModelTable> hidden() {
        return hidden;
    }

    void take(Step step, long version) throws SQLException {
        ModelTable table = ModelTable.values()[step.table()];
        switch (step.kind()) {
            case RENAME_LABEL -> rename(step.chance() % labels.size(), "label " + version);
            case ADD_LABEL ->
                Jdbc.execute(
                        source,
                        "ALTER TYPE colour ADD VALUE 'label " + version + "' BEFORE " + Sql.literal(labels.get(0)));
            case DETACH_OR_ATTACH -> {
                if (partitioned && model.free(SESSION, ModelTable.LINE)) {
                    detachOrAttach(String.valueOf(step.key() % 2), step.chance() % 2 == 0, version);
                }
            }
            case HIDE_ROWS -> {
                if (model.free(SESSION, table) && hidden.add(table)) {
                    String alter = "ALTER TABLE " + table.sql();
                    Jdbc.execute(source, "CREATE POLICY half ON " + table.sql() + " USING (random() < 0.5)");
                    Jdbc.execute(source, alter + " ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
                }
            }
            case SHOW_ROWS -> {
                if (model.free(SESSION, table)) {
                    show(table);
                }
            }
            default -> throw new IllegalArgumentException(step.toString());
        }
    }

    private void rename(int label, String to) throws SQLException {
        String from = labels.set(label, to);
        model.rename(ModelTable.TEAM, COLOUR, from, to);
        expectation.committed();
        Jdbc.execute(source, "ALTER TYPE colour RENAME VALUE " + Sql.literal(from) + " TO " + Sql.literal(to));
    }

    private void detachOrAttach(String partition, boolean changed, long version) throws SQLException {
        ModelTable table = ModelTable.LINE;
        String alter = "ALTER TABLE " + table.sql();
        model.begin(SESSION);
        List<List<String>> away = detached.remove(partition);
        String sql;
        if (away == null) {
            sql = alter + " DETACH PARTITION line_" + partition;
            List<List<String>> rows = model.rows(SESSION, table).stream()
                    .filter(row -> row.get(PARTITION).equals(partition))
                    .toList();
            detached.put(partition, rows);
            rows.forEach(row -> model.write(SESSION, table, table.keyOf(row), null));
        } else {
            sql = (changed ? "UPDATE line_" + partition + " SET v = " + version + "; " : "") + alter
                    + " ATTACH PARTITION line_" + partition + " FOR VALUES IN (" + partition + ")";
            away.forEach(row ->
                    model.write(SESSION, table, table.keyOf(row), changed ? ModelTable.versioned(row, version) : row));
        }
        model.commit(SESSION);
        expectation.committed();
        Jdbc.execute(source, sql);
    }

    /** Lets the runtimes see all rows. */
    void showAll() throws SQLException {
        for (ModelTable table : List.copyOf(hidden)) {
            show(table);
        }
    }

    private void show(ModelTable table) throws SQLException {
        if (hidden.remove(table)) {
            Jdbc.execute(source, "DROP POLICY half ON " + table.sql());
            Jdbc.execute(
                    source, "ALTER TABLE " + table.sql() + " DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY");
        }
    }

    @Override
    public void close() throws SQLException {
        source.close();
    }
}
