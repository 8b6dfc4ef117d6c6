package dev.tideline.sync.mapping;

/** Messages about a right that a role lacks in a target, with the statement that grants it. */
public final class MissingRight {

    private MissingRight() {}

    /** The right to create the schema that the address names. */
    public static String toCreateSchema(String role, String schema, String database) {
        return "the role " + role + " may not create the schema " + schema + ". Run there: GRANT CREATE ON DATABASE "
                + Sql.identifier(database) + " TO " + Sql.identifier(role) + ";";
    }

    /** The right to create tables in an existing schema. */
    public static String toCreateTables(String role, String schema) {
        return "the role " + role + " may not create tables in the schema " + schema
                + ". Run there: GRANT CREATE ON SCHEMA " + Sql.identifier(schema) + " TO " + Sql.identifier(role) + ";";
    }
}
