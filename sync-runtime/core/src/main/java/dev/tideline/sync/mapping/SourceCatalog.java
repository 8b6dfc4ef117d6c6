package dev.tideline.sync.mapping;

import dev.tideline.sync.mapping.SourceTable.SourceColumn;
import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Information about the source's tables, read from the catalogue on demand and cached. One object sees one snapshot,
 * that of the transaction in which it is used. Not thread-safe.
 */
public final class SourceCatalog {

    private final Connection connection;
    private final TypeCatalog types;
    private final Map<TableName, Optional<SourceTable>> tables = new HashMap<>();
    private List<TableName> relations;

    /**
     * @param connection inside a transaction whose search path is empty
     */
    SourceCatalog(Connection connection) {
        this.connection = connection;
        this.types = new TypeCatalog(connection);
    }

    TypeCatalog types() {
        return types;
    }

    /** The server and our role. */
    public SourceServer server() throws SQLException {
        return Jdbc.one(
                connection,
                SqlTemplate.text("0-catalogue/server"),
                row -> new SourceServer(
                        row.getInt("version_num"),
                        row.getString("version"),
                        row.getBoolean("standby"),
                        row.getBoolean("read_only"),
                        row.getString("role"),
                        row.getString("database"),
                        row.getBoolean("may_create"),
                        row.getBoolean("installed")));
    }

    /** The relation of exactly this name. */
    public Optional<SourceTable> table(TableName name) throws SQLException {
        Optional<SourceTable> known = tables.get(name);
        if (known == null) {
            known = read(name);
            tables.put(name, known);
        }
        return known;
    }

    /** Tables and views that a user could have meant, at most 20,000. */
    public List<TableName> relations() throws SQLException {
        if (relations == null) {
            relations = Jdbc.list(
                    connection,
                    SqlTemplate.text("0-catalogue/relations"),
                    row -> new TableName(row.getString("schema"), row.getString("name")));
        }
        return relations;
    }

    private Optional<SourceTable> read(TableName name) throws SQLException {
        Optional<Long> oid = Jdbc.first(
                connection,
                SqlTemplate.text("0-catalogue/relation"),
                row -> row.getLong("oid"),
                name.schema(),
                name.name());
        if (oid.isEmpty()) {
            return Optional.empty();
        }
        Map<String, SourceColumn> columns = columns(oid.get());
        List<Set<String>> keys =
                Jdbc.list(connection, SqlTemplate.text("0-catalogue/unique-keys"), SourceCatalog::names, oid.get());
        return Jdbc.first(
                connection,
                SqlTemplate.text("0-catalogue/relation"),
                row -> new SourceTable(
                        name,
                        row.getString("kind"),
                        row.getString("persistence").equals("t"),
                        row.getBoolean("unlogged"),
                        row.getString("owner"),
                        row.getBoolean("may_use_schema"),
                        row.getBoolean("may_select"),
                        row.getBoolean("is_ours"),
                        row.getBoolean("rows_hidden"),
                        columns,
                        keys),
                name.schema(),
                name.name());
    }

    private Map<String, SourceColumn> columns(long table) throws SQLException {
        record Row(String name, TypeCatalog.Type type, boolean folding, boolean notNull, boolean virtual) {}
        List<Row> rows = Jdbc.list(
                connection,
                SqlTemplate.text("0-catalogue/columns"),
                row -> new Row(
                        row.getString("name"),
                        new TypeCatalog.Type(row.getLong("type"), row.getInt("modifier")),
                        row.getBoolean("folding"),
                        row.getBoolean("not_null"),
                        row.getBoolean("virtual")),
                table);
        Map<String, SourceColumn> columns = new LinkedHashMap<>();
        for (Row row : rows) {
            columns.put(
                    row.name(),
                    new SourceColumn(
                            types.column(row.name(), row.type(), row.folding()), row.notNull(), row.virtual()));
        }
        return columns;
    }

    private static Set<String> names(ResultSet row) throws SQLException {
        return new TreeSet<>(List.of((String[]) row.getArray("columns").getArray()));
    }
}
