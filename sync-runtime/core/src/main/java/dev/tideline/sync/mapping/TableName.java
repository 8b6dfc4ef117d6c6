package dev.tideline.sync.mapping;

import dev.tideline.sync.config.QualifiedName;

/** A table's exact name, case-sensitive and without quotes. */
public record TableName(String schema, String name) implements Comparable<TableName> {

    /**
     * Parses {@code schema.table}, or {@code table} in schema {@code public}, as {@link QualifiedName} describes.
     *
     * @throws IllegalArgumentException if the text is no such name
     */
    public static TableName parse(String written) {
        QualifiedName parsed = QualifiedName.parse(written);
        return new TableName(parsed.schema(), parsed.name());
    }

    /** The same table with this schema in place of {@code public}; a table of another schema stays unchanged. */
    public TableName inSchema(String inPlaceOfPublic) {
        QualifiedName moved = new QualifiedName(schema, name).inSchema(inPlaceOfPublic);
        return new TableName(moved.schema(), moved.name());
    }

    /** Quoted, ready to use in SQL. */
    public String sql() {
        return Sql.identifier(schema) + "." + Sql.identifier(name);
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** As {@link #parse} reads it: without the schema if that is {@code public}. */
    @Override
    public String toString() {
        return new QualifiedName(schema, name).toString();
    }
}
