package dev.tideline.sync.apply;

import dev.tideline.sync.config.ExternalDatabasesConfig.Grants;
import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.util.PSQLException;

/**
 * Creates a mapping's table in a target, or alters the existing one as {@link TableShape} requires. Columns that the
 * user added, or that the mapping no longer has, are left alone. Used within one session.
 */
final class TargetSchema {

    /** While we wait for a table, its readers wait behind us. */
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '2s'";

    private final TargetSession session;
    private final Connection connection;

    TargetSchema(TargetSession session) {
        this.session = session;
        this.connection = session.connection();
    }

    /**
     * @param filling whether a first copy of ours is in progress, so that the key may have to wait for its end
     */
    TargetTable ensure(Mapping mapping, String stage, boolean filling) throws SQLException {
        boolean ours = session.brought(mapping.target().inSchema(session.schema()));
        // For two sessions at once: CREATE … IF NOT EXISTS alone would let one of them fail on the catalogue's index.
        Jdbc.one(connection, "SELECT pg_advisory_xact_lock(hashtext('tideline'))", row -> true);
        TableShape shape = TableShape.of(connection, mapping, session.schema(), ours, filling, session.mapped());
        if (shape.rowsMayBeGone() && ours) {
            session.copyAgain(List.of(mapping.name()));
        }
        if (shape.problem().isPresent()) {
            throw new TargetShapeException(shape.problem().get());
        }
        if (!shape.exists()) {
            create(mapping, shape);
        } else if (!shape.alterations().isEmpty()) {
            alter(shape);
        }
        session.recordTable(
                mapping, shape.name(), !shape.exists() || !shape.alterations().isEmpty());
        TargetTable table = stage(mapping, shape, stage);
        connection.commit();
        return table;
    }

    /** Creating the stage locks the table, so that the facts read are those that the stage was made for. */
    private TargetTable stage(Mapping mapping, TableShape shape, String stage) throws SQLException {
        String ignoringFacts = new TargetTable(mapping, shape.name(), stage, !shape.exists(), null).createStage();
        Jdbc.execute(connection, ignoringFacts);
        TargetTable table = new TargetTable(
                mapping, shape.name(), stage, !shape.exists(), TableFacts.of(connection, mapping, shape.name()));
        if (table.watched() && !table.key(connection).present()) {
            table.key(connection).add(); // its rows are merged from the first on
        }
        return table;
    }

    private void create(Mapping mapping, TableShape shape) throws SQLException {
        TableName name = shape.name();
        if (!name.schema().equals(session.schema())) {
            Jdbc.execute(connection, "CREATE SCHEMA IF NOT EXISTS " + Sql.identifier(name.schema()));
        }
        String columns = shape.columns().entrySet().stream()
                .map(column -> Sql.identifier(column.getKey()) + " " + column.getValue())
                .collect(Collectors.joining(", "));
        Jdbc.execute(
                connection,
                "CREATE TABLE IF NOT EXISTS " + name.sql() + " (" + columns + ", PRIMARY KEY ("
                        + Sql.list(mapping.key(), Column::sql) + "))");
        if (session.database().grants() == Grants.PUBLIC_READ) {
            if (!name.schema().equals("public")) {
                Jdbc.execute(connection, "GRANT USAGE ON SCHEMA " + Sql.identifier(name.schema()) + " TO PUBLIC");
            }
            Jdbc.execute(connection, "GRANT SELECT ON " + name.sql() + " TO PUBLIC");
        }
    }

    private void alter(TableShape shape) throws SQLException {
        String what =
                shape.alterations().stream().map(TableShape.Alteration::words).collect(Collectors.joining("; "));
        try {
            Jdbc.execute(connection, LOCK_TIMEOUT);
            Jdbc.execute(
                    connection,
                    "ALTER TABLE " + shape.name().sql() + " "
                            + Sql.list(shape.alterations(), TableShape.Alteration::clause));
        } catch (PSQLException e) {
            if (SqlState.LOCK_NOT_AVAILABLE.is(e)) {
                throw new TargetShapeException("table " + shape.name() + " was not altered (" + what
                        + "): another session held a lock on it for 2 s, and waiting longer would block its readers."
                        + " pg_locks there shows which session. Tideline tries again");
            }
            String detail = e.getServerErrorMessage() == null
                            || e.getServerErrorMessage().getDetail() == null
                    ? ""
                    : " (" + e.getServerErrorMessage().getDetail() + ")";
            throw new TargetShapeException("table " + shape.name() + " was not altered (" + what + "): "
                    + e.getServerErrorMessage().getMessage() + detail
                    + ". Remove the obstacle there; Tideline tries again");
        }
    }
}
