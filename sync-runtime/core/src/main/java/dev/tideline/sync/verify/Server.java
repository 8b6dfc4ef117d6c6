package dev.tideline.sync.verify;

import dev.tideline.sync.mapping.TableName;
import dev.tideline.sync.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The properties of a server that matter for a comparison.
 *
 * @param version {@code server_version_num}: 150004 is 15.4
 * @param schema where unqualified names are created
 * @param probe the fast hash of a known text; empty if text is not stored as UTF-8
 */
record Server(int version, String searchPath, String schema, OptionalLong probe) {

    /** A mapping's table on this server: {@code public} stands for the connection's own schema. */
    TableName tableOf(TableName target) {
        return target.schema().equals("public") ? new TableName(schema, target.name()) : target;
    }

    static Server read(Connection connection) throws SQLException {
        try (Query query = new Query(connection);
                ResultSet row = query.rows(SqlTemplate.text("8-verify/server"))) {
            row.next();
            long probe = row.getLong("probe");
            return new Server(
                    row.getInt("version"),
                    row.getString("search_path"),
                    row.getString("schema"),
                    row.wasNull() ? OptionalLong.empty() : OptionalLong.of(probe));
        }
    }
}
