package dev.tideline.sync.layout;

import dev.tideline.sync.mapping.Column;
import dev.tideline.sync.mapping.TableName;
import java.util.List;

/**
 * A list of columns of one table whose values are captured whenever a row changes. Mappings that need the same columns
 * share one.
 *
 * @param columns in the order in which they fill {@code c1, c2, …}; in a root stream first the tenant, then the key
 * @param tenantColumns number of leading columns that identify the tenant
 */
public record Stream(Kind kind, TableName table, List<Column> columns, int tenantColumns) {

    /** How many values a change can hold. */
    public static final int MOST_COLUMNS = 16;

    /** The purpose of its changes. */
    public enum Kind {
        /** Rows of a mapping's own table. */
        ROOT,
        /** Rows of a table that is joined with root rows. */
        DEPENDENCY,
        /** Rows of the table of external databases. */
        DIRECTORY;

        public String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    public Stream {
        columns = List.copyOf(columns);
    }

    public List<Column> tenant() {
        return columns.subList(0, tenantColumns);
    }

    public List<Column> key() {
        return columns.subList(tenantColumns, columns.size());
    }

    /** {@code project_user (tenancy_id, id)}: the table and its captured columns. */
    public String label() {
        return table + " (" + String.join(", ", columnNames()) + ")";
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** Key columns of which the ledger keeps the text. */
    public List<String> textKeys() {
        return kind == Kind.ROOT
                ? key().stream().filter(Column::coarse).map(Column::name).toList()
                : List.of();
    }

    public List<String> columnTypes() {
        return columns.stream().map(Column::plainType).toList();
    }
}
