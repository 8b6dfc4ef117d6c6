package dev.tideline.sync.mapping;

/** A table's exact name, case-sensitive and without quotes. */
public record TableName(String schema, String name) implements Comparable<TableName> {

    /** Parses {@code schema.table}, or {@code table} in schema {@code public}. */
    public static TableName parse(String written) {
        int dot = written.indexOf('.');
        return dot < 0
                ? new TableName("public", written)
                : new TableName(written.substring(0, dot), written.substring(dot + 1));
    }

    /** Quoted, ready to stand in SQL. */
    public String sql() {
        return Sql.identifier(schema) + "." + Sql.identifier(name);
    }

    @Override
    public int compareTo(TableName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return schema.equals("public") ? name : schema + "." + name;
    }
}
