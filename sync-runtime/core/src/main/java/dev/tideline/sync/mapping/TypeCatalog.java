package dev.tideline.sync.mapping;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * The types of the source. Used inside one transaction whose search path is empty; not thread-safe. Types are read one
 * by one and cached, since a schema has few.
 */
final class TypeCatalog {

    private static final String DOMAIN = "d";
    private static final String ENUM = "e";
    private static final String MULTIRANGE = "m";
    /** Every server of a version has the same numbers below this; initdb assigns those above. */
    private static final long FIRST_UNPINNED_OID = 10_000;

    private static final long NONE = 0;

    private final Connection connection;
    private final Map<Long, Facts> facts = new HashMap<>();
    private final Map<Long, Boolean> equality = new HashMap<>();

    TypeCatalog(Connection connection) {
        this.connection = connection;
    }

    /** A type with its modifier; {@code -1} is none. */
    record Type(long oid, int modifier) {}

    private record Facts(
            long oid, String kind, long base, int baseModifier, long element, long arrayType, boolean inCatalog) {

        static Facts read(ResultSet row) throws SQLException {
            return new Facts(
                    row.getLong("oid"),
                    row.getString("kind"),
                    row.getLong("base"),
                    row.getInt("base_modifier"),
                    row.getLong("element"),
                    row.getLong("array_type"),
                    row.getBoolean("in_catalog"));
        }
    }

    /**
     * @param folding whether its collation considers different texts equal
     */
    Column column(String name, Type type, boolean folding) throws SQLException {
        Type plain = plain(type);
        String plainName = name(plain);
        boolean builtIn = builtIn(plain.oid());
        return new Column(
                name,
                name(type),
                plainName,
                builtIn,
                hasEquality(plain.oid()),
                folding || !builtIn && !isEnum(plain.oid()));
    }

    /** Whether its values are equal only if their labels are. */
    private boolean isEnum(long oid) throws SQLException {
        Facts fact = facts(oid);
        return fact.kind().equals(ENUM)
                || fact.element() != NONE && facts(fact.element()).kind().equals(ENUM);
    }

    /** Replaces domains by their base types, also inside arrays. */
    private Type plain(Type type) throws SQLException {
        Facts fact = facts(type.oid());
        if (fact.kind().equals(DOMAIN)) {
            return plain(new Type(fact.base(), fact.baseModifier()));
        }
        if (fact.element() == NONE) {
            return type;
        }
        Type element = plain(new Type(fact.element(), type.modifier()));
        if (element.oid() == fact.element()) {
            return type;
        }
        // An array of a domain over an array has no corresponding type without the domain; it is left unchanged.
        long array = facts(element.oid()).arrayType();
        return array == NONE ? type : new Type(array, element.modifier());
    }

    /**
     * Whether every Postgres from 13 on has the type under the same number. Multiranges came with 14, so they are
     * looked up at the target like a user-defined type.
     */
    private boolean builtIn(long oid) throws SQLException {
        Facts fact = facts(oid);
        boolean multirange = fact.kind().equals(MULTIRANGE)
                || fact.element() != NONE && facts(fact.element()).kind().equals(MULTIRANGE);
        return oid < FIRST_UNPINNED_OID && fact.inCatalog() && !multirange;
    }

    private Facts facts(long oid) throws SQLException {
        Facts known = facts.get(oid);
        if (known == null) {
            known = Jdbc.one(connection, SqlTemplate.text("0-catalogue/type"), Facts::read, oid);
            facts.put(oid, known);
        }
        return known;
    }

    private String name(Type type) throws SQLException {
        return Jdbc.one(
                connection,
                SqlTemplate.text("0-catalogue/type-name"),
                row -> row.getString(1),
                type.oid(),
                type.modifier());
    }

    private boolean hasEquality(long oid) throws SQLException {
        Boolean known = equality.get(oid);
        if (known == null) {
            known = Jdbc.one(connection, SqlTemplate.text("0-catalogue/has-equality"), row -> row.getBoolean(1), oid);
            equality.put(oid, known);
        }
        return known;
    }

    /** Whether two values of these types can be compared. */
    boolean comparable(Column one, Column other) throws SQLException {
        return accepts("SELECT NULL::" + one.type() + " = NULL::" + other.type());
    }

    private boolean accepts(String query) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute(query);
            connection.releaseSavepoint(before);
            return true;
        } catch (SQLException e) {
            connection.rollback(before);
            if (SqlState.isConnectionLost(e)) {
                throw e;
            }
            return false;
        }
    }
}
