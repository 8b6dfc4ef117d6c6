package dev.tideline.sync.model;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** The application's sessions: each step is done in the source and in the model. Used by one thread. */
final class Application implements AutoCloseable {

    private final Connection[] sessions;
    private final SourceModel model;
    private final Expectation expectation;
    private final Shapes shapes;
    private final PreparedTransactions prepared;
    private long version;

    Application(Arena arena, int sessions, SourceModel model, Expectation expectation) throws SQLException {
        this.sessions = new Connection[sessions];
        for (int i = 0; i < sessions; i++) {
            this.sessions[i] = arena.source();
            this.sessions[i].setAutoCommit(false);
            // The model says who would wait for whom; if it is wrong, or somebody else holds a lock, this says so.
            execute(i, "SET lock_timeout = '5s'");
            this.sessions[i].commit();
        }
        this.model = model;
        this.expectation = expectation;
        this.shapes = new Shapes(arena, model, expectation);
        this.prepared = new PreparedTransactions(arena, model, expectation);
    }

    /** What the tables are like. */
    Shapes shapes() {
        return shapes;
    }

    /** Takes a step that concerns the application's tables, if it can be taken. */
    void take(Step step) throws SQLException {
        int session = step.session();
        version++;
        switch (step.kind()) {
            case BEGIN -> begin(session, step.chance());
            case COMMIT -> {
                if (model.isOpen(session)) {
                    commit(session);
                }
            }
            case ROLLBACK -> {
                if (model.isOpen(session)) {
                    rollback(session);
                }
            }
            case SAVEPOINT -> {
                if (model.isOpen(session)) {
                    execute(session, "SAVEPOINT s" + model.savepoints(session));
                    model.savepoint(session);
                }
            }
            case ROLLBACK_TO_SAVEPOINT -> {
                if (model.isOpen(session) && model.savepoints(session) > 0) {
                    execute(session, "ROLLBACK TO s" + (model.savepoints(session) - 1));
                    model.rollbackToSavepoint(session);
                }
            }
            case PREPARE -> {
                if (model.isOpen(session)) {
                    prepared.prepare(session, sessions[session]);
                }
            }
            case END_PREPARED -> prepared.endFirst(step.chance() % 3 > 0);
            case RENAME_LABEL, ADD_LABEL, DETACH_OR_ATTACH, HIDE_ROWS, SHOW_ROWS -> shapes.take(step, version);
            default -> write(step);
        }
    }

    private void write(Step step) throws SQLException {
        int session = step.session();
        boolean own = !model.isOpen(session);
        ModelTable table = ModelTable.values()[step.table()];
        List<String> row = shapes.row(table, step.key(), step.chance(), version);
        if (!shapes.takes(table, row)) {
            return;
        }
        if (own) {
            model.begin(session);
        }
        List<String> key = table.keyOf(row);
        List<String> before = model.row(session, table, key);
        boolean free = model.free(session, table, key);
        switch (step.kind()) {
            case PUT -> {
                if (free) {
                    put(session, table, before, row);
                }
            }
            case BUMP -> {
                if (free && before != null) {
                    put(session, table, before, versioned(before));
                }
            }
            case TOUCH -> {
                if (free && before != null) {
                    put(session, table, before, before);
                }
            }
            case DELETE -> {
                if (free && before != null) {
                    delete(session, table, key);
                }
            }
            case RECREATE -> {
                if (free && before != null) {
                    delete(session, table, key);
                    put(session, table, null, row);
                }
            }
            case REKEY -> rekey(session, table, key, before, shapes.row(table, step.chance(), step.chance(), version));
            case BUMP_ALL -> bumpAll(session, table);
            case COPY -> copy(session, table, step);
            case TRUNCATE, SWAP, WRITE_UNSEEN, WRITE_RENAMED, REWRITE, ADD_AND_DROP_COLUMN -> {
                if (model.free(session, table) && (step.kind() != Step.Kind.SWAP || shapes.isWhole(table))) {
                    alter(step, table, before, row);
                    if (step.chance() % 4 != 3) {
                        commit(session);
                        if (step.kind() == Step.Kind.SWAP) {
                            shapes.swapped(table);
                        }
                    } else {
                        rollback(session);
                    }
                    return;
                }
            }
            default -> throw new IllegalArgumentException(step.toString());
        }
        if (own) {
            commit(session);
        }
    }

    private void begin(int session, int chance) throws SQLException {
        if (model.isOpen(session)) {
            return;
        }
        model.begin(session);
        if (chance % 6 == 5) {
            execute(session, "SET LOCAL session_replication_role = replica");
        }
    }

    private void commit(int session) throws SQLException {
        model.commit(session);
        expectation.committed();
        sessions[session].commit();
    }

    private void rollback(int session) throws SQLException {
        model.rollback(session);
        sessions[session].rollback();
    }

    /** Ends every open transaction. */
    void endAll(boolean commit) throws SQLException {
        for (int session = 0; session < sessions.length; session++) {
            if (model.isOpen(session) && commit) {
                commit(session);
            } else if (model.isOpen(session)) {
                rollback(session);
            }
        }
        prepared.endAll(commit);
    }

    private List<String> versioned(List<String> row) {
        return ModelTable.versioned(row, version);
    }

    private void put(int session, ModelTable table, List<String> before, List<String> row) throws SQLException {
        List<String> key = table.keyOf(row);
        if (before == null) {
            execute(session, "INSERT INTO " + table.sql() + " VALUES (" + literals(row) + ")");
        } else {
            update(session, table, key, before, row);
        }
        model.write(session, table, key, row);
    }

    private void update(int session, ModelTable table, List<String> key, List<String> before, List<String> row)
            throws SQLException {
        List<String> columns = table.columns();
        // Only what differs, so that a long value is left where it is; all columns where nothing does.
        String set = IntStream.range(0, columns.size())
                .filter(i -> before.equals(row) || !java.util.Objects.equals(before.get(i), row.get(i)))
                .mapToObj(i -> columns.get(i) + " = " + literal(row.get(i)))
                .collect(Collectors.joining(", "));
        if (execute(session, "UPDATE " + table.sql() + " SET " + set + where(table, key)) != 1) {
            throw new AssertionError("the model has a row that the source lacks: " + table + " " + key);
        }
    }

    private void delete(int session, ModelTable table, List<String> key) throws SQLException {
        if (execute(session, "DELETE FROM " + table.sql() + where(table, key)) != 1) {
            throw new AssertionError("the model has a row that the source lacks: " + table + " " + key);
        }
        model.write(session, table, key, null);
    }

    private void rekey(int session, ModelTable table, List<String> key, List<String> before, List<String> other)
            throws SQLException {
        List<String> newKey = table.keyOf(other);
        if (before == null
                || newKey.equals(key)
                || !shapes.takes(table, other)
                || model.row(session, table, newKey) != null
                || !model.free(session, table, key)
                || !model.free(session, table, newKey)) {
            return;
        }
        List<String> row = versioned(before);
        for (int i = 0; i < newKey.size(); i++) {
            row.set(i, newKey.get(i));
        }
        update(session, table, key, before, row);
        model.write(session, table, key, null);
        model.write(session, table, newKey, row);
    }

    private void bumpAll(int session, ModelTable table) throws SQLException {
        if (!model.free(session, table)) {
            return;
        }
        List<List<String>> rows = model.rows(session, table);
        model.use(session, table);
        int changed = execute(session, "UPDATE " + table.sql() + " SET v = " + version);
        if (changed != rows.size()) {
            throw new AssertionError(table + " has " + changed + " rows, the model " + rows.size());
        }
        rows.forEach(row -> model.write(session, table, table.keyOf(row), versioned(row)));
    }

    private void copy(int session, ModelTable table, Step step) throws SQLException {
        StringBuilder data = new StringBuilder();
        model.use(session, table);
        for (int i = 0; i < 4; i++) {
            List<String> row = shapes.row(table, step.key() + 7 * i, step.chance() + i, version);
            List<String> key = table.keyOf(row);
            if (shapes.takes(table, row) && model.row(session, table, key) == null && model.free(session, table, key)) {
                data.append(row.stream().map(Application::copied).collect(Collectors.joining("\t")))
                        .append('\n');
                model.write(session, table, key, row);
            }
        }
        try {
            sessions[session]
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + table.sql() + " FROM STDIN", new StringReader(data.toString()));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What takes an exclusive lock: nobody can read the table until the transaction ends, so it ends at once. */
    private void alter(Step step, ModelTable table, List<String> before, List<String> row) throws SQLException {
        int session = step.session();
        String name = table.sql();
        switch (step.kind()) {
            case TRUNCATE -> {
                execute(session, "TRUNCATE " + name);
                model.rows(session, table).forEach(gone -> model.write(session, table, table.keyOf(gone), null));
            }
            case SWAP -> {
                execute(session, "CREATE TABLE other (LIKE " + name + " INCLUDING ALL)");
                execute(session, "INSERT INTO other SELECT * FROM " + name);
                execute(session, "ALTER TABLE other OWNER TO " + Arena.OWNER);
                execute(session, "ALTER TABLE " + name + " RENAME TO former");
                execute(session, "ALTER TABLE other RENAME TO " + name);
                execute(session, "DROP TABLE former");
            }
            case WRITE_UNSEEN -> {
                execute(session, "ALTER TABLE " + name + " DISABLE TRIGGER ALL");
                put(session, table, before, row);
                execute(session, "ALTER TABLE " + name + " ENABLE TRIGGER ALL");
            }
            case WRITE_RENAMED -> {
                String key = table.keyColumns().get(0);
                execute(session, "ALTER TABLE " + name + " RENAME " + key + " TO renamed");
                if (before == null) {
                    put(session, table, null, row); // by position, whatever the columns are called
                } else {
                    execute(
                            session,
                            "UPDATE " + name + " SET v = " + version
                                    + where(table, table.keyOf(before))
                                            .replaceFirst(" WHERE " + key + " ", " WHERE renamed "));
                    model.write(session, table, table.keyOf(before), versioned(before));
                }
                execute(session, "ALTER TABLE " + name + " RENAME renamed TO " + key);
            }
            case REWRITE -> {
                execute(session, "ALTER TABLE " + name + " ALTER v TYPE bigint USING " + version);
                model.rows(session, table)
                        .forEach(written -> model.write(session, table, table.keyOf(written), versioned(written)));
            }
            case ADD_AND_DROP_COLUMN -> {
                execute(session, "ALTER TABLE " + name + " ADD extra float DEFAULT random()");
                execute(session, "ALTER TABLE " + name + " DROP extra");
            }
            default -> throw new IllegalArgumentException(step.toString());
        }
    }

    private int execute(int session, String sql) throws SQLException {
        try (Statement statement = sessions[session].createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            return statement.getUpdateCount();
        }
    }

    private static String where(ModelTable table, List<String> key) {
        return " WHERE "
                + IntStream.range(0, key.size())
                        .mapToObj(i -> table.keyColumns().get(i) + " = " + literal(key.get(i)))
                        .collect(Collectors.joining(" AND "));
    }

    private static String literals(List<String> row) {
        return row.stream().map(Application::literal).collect(Collectors.joining(", "));
    }

    private static String literal(String value) {
        return value == null ? "NULL" : "'" + value.replace("'", "''") + "'";
    }

    private static String copied(String value) {
        return value == null ? "\\N" : value.replace("\\", "\\\\").replace("\t", "\\t");
    }

    @Override
    public void close() throws SQLException {
        prepared.close();
        shapes.close();
        Arrays.stream(sessions).forEach(session -> {
            try {
                session.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
