package dev.tideline.sync.mapping;

/**
 * A column of a table or of a mapping's select, with its type in the source.
 *
 * @param type as {@code format_type} returns it, with modifiers, schema-qualified where needed: ready to use in SQL
 * @param plainType the same with domains replaced by their base type; another user-defined type stays (a target may
 *     have it too)
 * @param builtIn whether {@code plainType} is one that every Postgres has under the same OID
 * @param equality whether {@code plainType} has an {@code =} operator (json, xml and point have none)
 * @param coarse whether values that are equal in the source may differ at a target, which may lack the type or the
 *     collation. For a key, the ledger then keeps the exact text, so that its former spelling is known to be gone
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

    /** The type in which a ledger keeps it, as a key's column. */
    public String ledgerType() {
        return coarse ? "text" : plainType;
    }

    /** A condition that it has the value in a ledger. An index on the column is used. */
    public String isInLedger(String alias, String kept) {
        return coarse
                ? sql(alias) + " = CAST(" + kept + " AS " + plainType + ") AND " + textIs(alias, kept)
                : sql(alias) + " = " + kept;
    }

    /** A condition that its text is exactly this one. */
    public String textIs(String alias, String text) {
        return sql(alias) + "::text" + BYTE_BY_BYTE + " = " + text;
    }
}
