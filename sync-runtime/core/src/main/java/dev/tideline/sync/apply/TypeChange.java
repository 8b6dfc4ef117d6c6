package dev.tideline.sync.apply;

import dev.tideline.sync.sql.Jdbc;
import dev.tideline.sync.sql.SqlState;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

/** What changing a column's type means for a table with rows. */
enum TypeChange {
    /** Only the catalogue changes. */
    FREE,
    /** Every row is rewritten. */
    REWRITE,
    /** Postgres does not convert one type into the other. */
    IMPOSSIBLE;

    /** Asks Postgres, with an empty table that nobody sees. @param connection in a transaction, left as it was */
    static TypeChange of(Connection connection, String from, String to) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            Jdbc.execute(
                    connection,
                    SqlTemplate.of("5-apply/probe-type")
                            .with("from", from)
                            .with("to", to)
                            .fill());
            boolean free = Jdbc.one(connection, SqlTemplate.text("5-apply/probe-kept-file"), row -> row.getBoolean(1));
            return free ? FREE : REWRITE;
        } catch (SQLException e) {
            if (SqlState.isTheCatalogues(e)) {
                return IMPOSSIBLE;
            }
            throw e;
        } finally {
            connection.rollback(before);
        }
    }

    /** Whether two types differ at most in length or precision. */
    static boolean sameBase(Connection connection, String one, String other) throws SQLException {
        return Jdbc.one(
                connection,
                "SELECT to_regtype(?) IS NOT DISTINCT FROM to_regtype(?)",
                row -> row.getBoolean(1),
                withoutModifier(one),
                withoutModifier(other));
    }

    /** {@code character varying} of {@code character varying(10)}. */
    static String withoutModifier(String type) {
        return type.replaceFirst("\\(.*?\\)", "");
    }
}
