package dev.tideline.sync.mapping;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which columns of another table determine a mapping's rows, as far as Postgres knows for certain: creates a temporary
 * view of the mapping's queries, reads its dependencies from the catalogue, and rolls back. Nothing is executed and
 * nothing remains. Not thread-safe.
 */
public final class ColumnsRead {

    private final Connection connection;

    /** @param connection outside a transaction; left as it was */
    public ColumnsRead(Connection connection) {
        this.connection = connection;
    }

    /**
     * The columns; empty if others may matter, too, because a function, a view or a whole-row reference may read them.
     */
    public Optional<List<String>> of(Mapping mapping, TableName table) throws SQLException {
        TreeSet<String> columns = new TreeSet<>();
        for (String query : Stream.concat(mapping.selectQuery().stream(), mapping.whereQuery().stream())
                .toList()) {
            Optional<List<String>> read = of(query, table);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            columns.addAll(read.get());
        }
        return columns.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(columns));
    }

    private Optional<List<String>> of(String query, TableName table) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false); // otherwise the driver rewrites braces in the user's text
            statement.execute("CREATE TEMPORARY VIEW tideline_reads AS " + query);
            return Jdbc.one(
                    connection,
                    SqlTemplate.text("0-catalogue/columns-read"),
                    row -> row.getBoolean("certain")
                            ? Optional.of(
                                    List.of((String[]) row.getArray("columns").getArray()))
                            : Optional.<List<String>>empty(),
                    "pg_temp.tideline_reads",
                    table.sql());
        } catch (SQLException e) {
            if (SqlState.isConnectionLost(e)) {
                throw e;
            }
            return Optional.empty(); // for example, a role without TEMPORARY on the database
        } finally {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        }
    }
}
