package dev.tideline.sync.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the source holds: the committed rows, and what each open transaction has changed and nobody else sees. Keys that a
 * transaction has written to are its own until it ends, as row locks are; a step that would wait for one is not taken.
 * Used by one thread.
 */
final class SourceModel {

    private static final java.util.Comparator<List<String>> ORDER = java.util.Comparator.comparing(List::toString);

    /** Rows of every table by key; a null stands for a row that the transaction has deleted. */
    private static final class Rows extends EnumMap<ModelTable, Map<List<String>, List<String>>> {

        Rows() {
            super(ModelTable.class);
            for (ModelTable table : ModelTable.values()) {
                put(table, new TreeMap<>(ORDER));
            }
        }

        Rows copy() {
            Rows copy = new Rows();
            forEach((table, rows) -> copy.get(table).putAll(rows));
            return copy;
        }
    }

    private static final class Transaction {
        private Rows changes = new Rows();
        private final Deque<Rows> savepoints = new ArrayDeque<>();
        private final Map<ModelTable, List<List<String>>> locked = new EnumMap<>(ModelTable.class);
    }

    private final Rows committed = new Rows();
    private final Map<Integer, Transaction> open = new HashMap<>();

    boolean isOpen(int session) {
        return open.containsKey(session);
    }

    int savepoints(int session) {
        return open.get(session).savepoints.size();
    }

    void begin(int session) {
        open.put(session, new Transaction());
    }

    void savepoint(int session) {
        Transaction transaction = open.get(session);
        transaction.savepoints.push(transaction.changes.copy());
    }

    /** The savepoint stays, as in SQL. */
    void rollbackToSavepoint(int session) {
        Transaction transaction = open.get(session);
        transaction.changes = transaction.savepoints.peek().copy();
    }

    void rollback(int session) {
        open.remove(session);
    }

    /** A transaction goes on as another session's, which nobody is in. */
    void prepare(int session, int prepared) {
        open.put(prepared, open.remove(session));
    }

    /** A column's value is called otherwise from now on, in every row that there is, seen or not. */
    void rename(ModelTable table, int column, String from, String to) {
        List<Rows> all = new ArrayList<>(List.of(committed));
        open.values().forEach(transaction -> {
            all.add(transaction.changes);
            all.addAll(transaction.savepoints);
        });
        all.forEach(rows -> rows.get(table).replaceAll((key, row) -> {
            if (row == null || !from.equals(row.get(column))) {
                return row;
            }
            List<String> renamed = new ArrayList<>(row);
            renamed.set(column, to);
            return renamed;
        }));
    }

    void commit(int session) {
        Transaction transaction = open.remove(session);
        transaction.changes.forEach((table, rows) -> rows.forEach((key, row) -> apply(table, key, row)));
    }

    private void apply(ModelTable table, List<String> key, List<String> row) {
        if (row == null) {
            committed.get(table).remove(key);
        } else {
            committed.get(table).put(key, row);
        }
    }

    /** The row as a session sees it; null if it sees none. */
    List<String> row(int session, ModelTable table, List<String> key) {
        Map<List<String>, List<String>> own = open.get(session).changes.get(table);
        return own.containsKey(key) ? own.get(key) : committed.get(table).get(key);
    }

    /** All rows that a session sees. */
    List<List<String>> rows(int session, ModelTable table) {
        Map<List<String>, List<String>> rows = new TreeMap<>(ORDER);
        rows.putAll(committed.get(table));
        open.get(session).changes.get(table).forEach((key, row) -> {
            if (row == null) {
                rows.remove(key);
            } else {
                rows.put(key, row);
            }
        });
        return new ArrayList<>(rows.values());
    }

    /** The committed rows. */
    List<List<String>> rows(ModelTable table) {
        return new ArrayList<>(committed.get(table).values());
    }

    /** Whether a session could write to this key without waiting for another one. */
    boolean free(int session, ModelTable table, List<String> key) {
        return open.entrySet().stream()
                .filter(other -> other.getKey() != session)
                .noneMatch(other ->
                        other.getValue().locked.getOrDefault(table, List.of()).contains(key));
    }

    /** Whether nobody else holds a lock on the table, as every statement that writes does until its transaction ends. */
    boolean free(int session, ModelTable table) {
        return open.entrySet().stream()
                .filter(other -> other.getKey() != session)
                .noneMatch(other -> other.getValue().locked.containsKey(table));
    }

    /** A statement that may write to the table, and may turn out to write nothing. */
    void use(int session, ModelTable table) {
        open.get(session).locked.computeIfAbsent(table, t -> new ArrayList<>());
    }

    /** Writes a row, or with null deletes it, in the session's transaction. */
    void write(int session, ModelTable table, List<String> key, List<String> row) {
        Transaction transaction = open.get(session);
        transaction.locked.computeIfAbsent(table, t -> new ArrayList<>()).add(key);
        transaction.changes.get(table).put(key, row);
    }
}
