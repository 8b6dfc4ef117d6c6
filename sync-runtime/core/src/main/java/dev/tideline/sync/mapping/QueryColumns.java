package dev.tideline.sync.mapping;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGResultSetMetaData;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgResultSet;

/**
 * Finds the columns of a query without running it. A column taken directly from a table keeps its declared type. For an
 * expression the protocol gives the base type, and its modifier is read where losing it would matter.
 */
record QueryColumns(SourceSession session, TypeCatalog types) {

    private record Described(String name, TypeCatalog.Type type, Optional<Origin> origin) {}

    private record Origin(String schema, String table, String column) {}

    /**
     * The columns, in order.
     *
     * @param sql a statement that returns no row
     * @throws SQLException if Postgres rejects it
     */
    List<Column> of(String sql) throws SQLException {
        List<Described> described = session.underUsersPath(sql, QueryColumns::describe);
        List<Column> columns = new ArrayList<>();
        for (Described column : described) {
            columns.add(types.column(column.name(), declared(column), false));
        }
        return columns;
    }

    private TypeCatalog.Type declared(Described column) throws SQLException {
        if (column.origin().isEmpty()) {
            return column.type();
        }
        Origin origin = column.origin().get();
        return Jdbc.first(
                        session.connection(),
                        SqlTemplate.text("0-catalogue/column-type"),
                        row -> new TypeCatalog.Type(row.getLong("type"), row.getInt("modifier")),
                        origin.schema(),
                        origin.table(),
                        origin.column())
                .orElse(column.type());
    }

    private static List<Described> describe(ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        PGResultSetMetaData origins = columns.unwrap(PGResultSetMetaData.class);
        PgResultSet postgres = result.unwrap(PgResultSet.class);
        List<Described> described = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            long oid = Integer.toUnsignedLong(postgres.getColumnOID(i));
            String table = origins.getBaseTableName(i);
            described.add(new Described(
                    columns.getColumnLabel(i),
                    new TypeCatalog.Type(oid, modifier(columns, i, (int) oid)),
                    table.isEmpty()
                            ? Optional.empty()
                            : Optional.of(
                                    new Origin(origins.getBaseSchemaName(i), table, origins.getBaseColumnName(i)))));
        }
        return described;
    }

    /** The driver does not expose the modifier, only what it derives from it. */
    private static int modifier(ResultSetMetaData columns, int i, int oid) throws SQLException {
        int precision = columns.getPrecision(i);
        return switch (oid) {
            case Oid.VARCHAR, Oid.BPCHAR -> precision == Integer.MAX_VALUE ? -1 : precision + 4;
            case Oid.NUMERIC -> precision == 0 ? -1 : (precision << 16 | columns.getScale(i) & 0x7FF) + 4;
            case Oid.BIT -> precision;
            case Oid.VARBIT -> precision == Integer.MAX_VALUE ? -1 : precision;
            default -> -1;
        };
    }
}
