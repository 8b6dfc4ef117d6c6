package dev.tideline.sync.cli;

import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.ExternalDatabasesConfig;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.mapping.MissingRight;
import dev.tideline.sync.mapping.Sql;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.mapping.TableName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Tries the external databases: is the address good, does the server answer, could tables be made there. */
final class TargetCheck {

    private final SyncPlan plan;
    private final Connection source;

    TargetCheck(SyncPlan plan, Connection source) {
        this.plan = plan;
        this.source = source;
    }

    private record Target(String tenant, String name, String url) {}

    /**
     * Tries the first so many of them, some at a time.
     *
     * @param warnings told of what concerns no single one
     */
    List<CheckedTarget> run(int most, Consumer<String> warnings) throws SQLException {
        if (most <= 0) {
            return List.of();
        }
        List<Target> targets = targets(most + 1);
        if (targets.isEmpty()) {
            warnings.accept("there is no enabled external database, so nothing will be synced yet.");
        }
        if (targets.size() > most) {
            warnings.accept("only the first " + most + " external databases were tried; see --targets.");
        }
        strangers(targets, warnings);
        ExecutorService pool = Executors.newFixedThreadPool(plan.config().sync().workers());
        try {
            List<Future<CheckedTarget>> tried = targets.stream()
                    .limit(most)
                    .map(target -> pool.submit(() -> check(target)))
                    .toList();
            List<CheckedTarget> checked = new ArrayList<>();
            for (Future<CheckedTarget> one : tried) {
                checked.add(one.get());
            }
            return checked;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while the external databases were tried", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Target> targets(int most) throws SQLException {
        ExternalDatabasesConfig config = plan.config().externalDatabases();
        if (config.table().isEmpty()) {
            return config.list().stream()
                    .limit(most)
                    .map(listed -> new Target(listed.tenant(), listed.name(), listed.url()))
                    .toList();
        }
        String table = TableName.parse(config.table().get()).sql();
        List<Target> targets = new ArrayList<>();
        try (PreparedStatement query = source.prepareStatement(
                "SELECT tenant::text, name::text, url::text FROM " + table + " WHERE enabled ORDER BY 1, 2 LIMIT ?")) {
            query.setInt(1, most);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    targets.add(new Target(row.getString(1), row.getString(2), row.getString(3)));
                }
            }
        }
        return targets;
    }

    private void strangers(List<Target> targets, Consumer<String> warnings) throws SQLException {
        String query = "SELECT DISTINCT wanted FROM unnest(?::text[]) AS wanted EXCEPT SELECT tenant FROM (\n"
                + plan.tenantsSql() + "\n) AS t ORDER BY 1";
        try (PreparedStatement statement = source.prepareStatement(query)) {
            statement.setArray(
                    1,
                    source.createArrayOf(
                            "text", targets.stream().map(Target::tenant).toArray(String[]::new)));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    warnings.accept("there is no tenant \"" + row.getString(1)
                            + "\" in the source, but it has an external database.");
                }
            }
        }
    }

    private static CheckedTarget check(Target target) {
        PostgresUrl url;
        try {
            url = PostgresUrl.parse(target.url() == null ? "" : target.url());
        } catch (ConfigException e) {
            return new CheckedTarget(target.tenant(), target.name(), "", Optional.of(e.getMessage()));
        }
        return new CheckedTarget(target.tenant(), target.name(), url.redacted(), problem(url));
    }

    private static Optional<String> problem(PostgresUrl url) {
        try (Connection connection = DriverManager.getConnection(url.jdbcUrl(), url.driverProperties());
                Statement statement = connection.createStatement()) {
            String schema = Sql.literal(Sql.identifier(url.schema()));
            try (ResultSet row = statement.executeQuery("SELECT current_user, pg_is_in_recovery(),"
                    + " to_regnamespace(" + schema + ") IS NULL,"
                    + " coalesce(has_schema_privilege(to_regnamespace(" + schema + "), 'CREATE'),"
                    + " has_database_privilege(current_database(), 'CREATE'))")) {
                row.next();
                if (row.getBoolean(2)) {
                    return Optional.of("this server is a standby, to which nothing can be written. Name the primary.");
                }
                if (row.getBoolean(4)) {
                    return Optional.empty();
                }
                String role = row.getString(1);
                return Optional.of(
                        row.getBoolean(3)
                                ? MissingRight.toCreateSchema(role, url.schema(), url.database())
                                : MissingRight.toCreateTables(role, url.schema()));
            }
        } catch (SQLException e) {
            return Optional.of(ConnectionFailure.of(url, e).message());
        }
    }
}
