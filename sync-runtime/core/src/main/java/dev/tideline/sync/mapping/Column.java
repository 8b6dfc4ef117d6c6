package dev.tideline.sync.mapping;

/**
 * A column of a table or of a mapping's select, with its type as the source has it.
 *
 * @param type as {@code format_type} gives it, with modifiers, schema-qualified where needed: ready to stand in SQL
 * @param plainType the same with domains taken down to their base type; where that is still a type that users
 *     defined, it stays (a target may have it too)
 * @param builtIn whether {@code plainType} is one that every Postgres has under the same OID
 * @param equality whether {@code plainType} has an {@code =} operator (json, xml and point have none)
 * @param coarse whether values that are equal here may be different ones at a target, which may lack the type or the
 *     collation. Of a key, the ledger then keeps the exact text, so that its former form is known to be gone
 */
public record Column(String name, String type, String plainType, boolean builtIn, boolean equality, boolean coarse) {

    private static final String BYTE_BY_BYTE = " COLLATE pg_catalog.\"C\"";

    public Column(String name, String type, String plainType, boolean builtIn, boolean equality) {
        this(name, type, plainType, builtIn, equality, false);
    }

    /** The quoted name. */
    public String sql() {
        return Sql.identifier(name);
    }

    /** The quoted name behind an alias. */
    public String sql(String alias) {
        return alias + "." + Sql.identifier(name);
    }

    /** What a ledger keeps of it, as a key's column. */
    public String ledgerType() {
        return coarse ? "text" : plainType;
    }

    /** A condition that it has the value that a ledger keeps. An index on the column serves. */
    public String isInLedger(String alias, String kept) {
        return coarse
                ? sql(alias) + " = CAST(" + kept + " AS " + plainType + ") AND " + textIs(alias, kept)
                : sql(alias) + " = " + kept;
    }

    /** A condition that its text is just this one. */
    public String textIs(String alias, String text) {
        return sql(alias) + "::text" + BYTE_BY_BYTE + " = " + text;
    }
}
