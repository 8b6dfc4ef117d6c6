package dev.tideline.sync.mapping;

/** A right that a role lacks in a target, in words that name the statement which grants it. */
public final class MissingRight {

    private MissingRight() {}

    /** To make the schema that its address names. */
    public static String toCreateSchema(String role, String schema, String database) {
        return "the role " + role + " may not create the schema " + schema + ". Run there: GRANT CREATE ON DATABASE "
                + Sql.identifier(database) + " TO " + Sql.identifier(role) + ";";
    }

    /** To make tables in a schema that is there. */
    public static String toCreateTables(String role, String schema) {
        return "the role " + role + " may not create tables in the schema " + schema
                + ". Run there: GRANT CREATE ON SCHEMA " + Sql.identifier(schema) + " TO " + Sql.identifier(role) + ";";
    }
}
