package dev.tideline.sync.mapping;

/**
 * A column of a table or of a mapping's select, with its type as the source has it.
 *
 * @param type as {@code format_type} gives it, with modifiers, schema-qualified where needed: ready to stand in SQL
 * @param plainType the same with domains taken down to their base type; where that is still a type that users
 *     defined, it stays (a target may have it too)
 * @param builtIn whether {@code plainType} is one that every Postgres has under the same OID
 * @param equality whether {@code plainType} has an {@code =} operator (json, xml and point have none)
 */
public record Column(String name, String type, String plainType, boolean builtIn, boolean equality) {

    /** The quoted name. */
    public String sql() {
        return Sql.identifier(name);
    }

    /** The quoted name behind an alias. */
    public String sql(String alias) {
        return alias + "." + Sql.identifier(name);
    }
}
