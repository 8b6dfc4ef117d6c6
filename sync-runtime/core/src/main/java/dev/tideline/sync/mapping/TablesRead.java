package dev.tideline.sync.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which tables a query reads, according to Postgres: creates a temporary view of it, reads its dependencies from the
 * catalogue, and rolls back. If no view can be created (for example by a role without TEMPORARY on the database), it
 * uses the query's plan, which omits what the planner optimizes away. Nothing is executed and nothing remains. Not
 * thread-safe.
 *
 * @param connection outside a transaction; left as it was
 */
record TablesRead(Connection connection) {

    private static final String VIEW = "pg_temp.tideline_reads";

    /**
     * @param kind {@code pg_class.relkind}
     * @param columns that are read; empty if only the table itself is known
     */
    record Table(TableName name, String kind, List<String> columns) {

        /** Whether a trigger could see its changes. */
        boolean tracked() {
            return kind.equals("r") || kind.equals("p");
        }
    }

    /** The tables, except for these and their partitions. */
    List<Table> of(String query, List<TableName> others) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            Optional<List<Table>> known = throughView(query, others);
            return known.isPresent() ? known.get() : throughPlan(query, others);
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        }
    }

    private Optional<List<Table>> throughView(String query, List<TableName> others) throws SQLException {
        try (Statement statement = statement()) {
            statement.execute("CREATE TEMPORARY VIEW tideline_reads AS " + query);
        } catch (SQLException e) {
            if (SqlState.isConnectionLost(e)) {
                throw e;
            }
            connection.rollback();
            return Optional.empty();
        }
        return Optional.of(Jdbc.list(
                connection, SqlTemplate.text("0-catalogue/tables-read"), TablesRead::table, VIEW, names(others)));
    }

    private List<Table> throughPlan(String query, List<TableName> others) throws SQLException {
        JsonNode plan;
        try (Statement statement = statement();
                ResultSet row = statement.executeQuery("EXPLAIN (VERBOSE, FORMAT JSON) " + query)) {
            row.next();
            plan = new ObjectMapper().readTree(row.getString(1));
        } catch (JsonProcessingException e) {
            throw new SQLException("a plan that is no JSON", e);
        }
        List<String> scanned = new ArrayList<>();
        for (JsonNode scan : plan.findParents("Relation Name")) {
            scanned.add(new TableName(
                            scan.get("Schema").asText(),
                            scan.get("Relation Name").asText())
                    .sql());
        }
        return Jdbc.list(
                connection, SqlTemplate.text("0-catalogue/tables-scanned"), TablesRead::table, scanned, names(others));
    }

    /** Otherwise the driver rewrites braces in the user's text. */
    private Statement statement() throws SQLException {
        Statement statement = connection.createStatement();
        statement.setEscapeProcessing(false);
        return statement;
    }

    private static List<String> names(List<TableName> tables) {
        return tables.stream().map(TableName::sql).toList();
    }

    private static Table table(ResultSet row) throws SQLException {
        return new Table(
                new TableName(row.getString("schema"), row.getString("name")), row.getString("kind"), List.of((String[])
                        row.getArray("columns").getArray()));
    }
}
