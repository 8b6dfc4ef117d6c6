package dev.tideline.sync.plan;

import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.mapping.MissingRight;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Whether our role may write to an external database at all.
 *
 * @param standby why nothing can be written there; empty if it can
 * @param creating why no table can be created there; empty if it can
 */
record TargetRights(Optional<String> standby, Optional<String> creating) {

    static TargetRights of(Connection target, PostgresUrl url) throws SQLException {
        String schema = Sql.literal(Sql.identifier(url.schema()));
        return Jdbc.one(
                target,
                "SELECT current_user, pg_is_in_recovery(), to_regnamespace(" + schema + ") IS NULL,"
                        + " coalesce(has_schema_privilege(to_regnamespace(" + schema + "), 'CREATE'),"
                        + " has_database_privilege(current_database(), 'CREATE'))",
                row -> new TargetRights(
                        row.getBoolean(2)
                                ? Optional.of(
                                        "this server is a standby, which accepts no writes." + " Name the primary.")
                                : Optional.empty(),
                        row.getBoolean(4)
                                ? Optional.empty()
                                : Optional.of(
                                        row.getBoolean(3)
                                                ? MissingRight.toCreateSchema(
                                                        row.getString(1), url.schema(), url.database())
                                                : MissingRight.toCreateTables(row.getString(1), url.schema()))));
    }
}
