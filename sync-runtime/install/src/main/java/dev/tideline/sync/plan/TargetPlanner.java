package dev.tideline.sync.plan;

import dev.tideline.sync.apply.SourceItself;
import dev.tideline.sync.apply.TargetShapeException;
import dev.tideline.sync.config.ConfigException;
import dev.tideline.sync.config.ConnectionFailure;
import dev.tideline.sync.config.PostgresUrl;
import dev.tideline.sync.engine.PublicAddress;
import dev.tideline.sync.fetch.FetchException;
import dev.tideline.sync.jdbc.PostgresConnections;
import dev.tideline.sync.jdbc.WatchedSockets;
import dev.tideline.sync.layout.InstalledLayout;
import dev.tideline.sync.mapping.Mapping;
import dev.tideline.sync.mapping.SyncPlan;
import dev.tideline.sync.plan.InstallPlan.Action;
import dev.tideline.sync.plan.InstallPlan.MappingInTarget;
import dev.tideline.sync.source.SourceDatabase;
import dev.tideline.sync.sql.Jdbc;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans one external database, in a transaction there that is rolled back. Safe for use by many threads. */
record TargetPlanner(SyncPlan plan, SourceDatabase source, Optional<InstalledLayout> before) {

    InstallPlan.Target plan(dev.tideline.sync.target.ExternalDatabase database) throws SQLException {
        PostgresUrl url;
        try {
            url = PostgresUrl.parse(database.url() == null ? "" : database.url());
        } catch (ConfigException e) {
            return new InstallPlan.Target(database.tenant(), database.name(), "", e.getMessage(), List.of());
        }
        try (WatchedSockets.Waiting waiting = WatchedSockets.watch();
                Connection target = PostgresConnections.openTarget(
                        plan.config().externalDatabases().allowPrivate() ? url : PublicAddress.of(url),
                        "tideline-plan",
                        waiting);
                Connection sourceConnection = source.connection()) {
            waiting.bound();
            target.setAutoCommit(false);
            String schema = Optional.ofNullable(url.properties().get("currentSchema"))
                    .orElse(Jdbc.one(target, "SELECT coalesce(current_schema()::text, 'public')", r -> r.getString(1)));
            TargetRights rights = TargetRights.of(target, url);
            Map<String, KnownMapping> known = KnownMapping.in(target, schema);
            Optional<String> itself = SourceItself.problem(target, sourceConnection, schema, plan.mappings());
            Optional<String> refused =
                    itself.or(rights::standby).or(() -> known.isEmpty() ? rights.creating() : Optional.empty());
            if (refused.isPresent()) {
                return new InstallPlan.Target(
                        database.tenant(), database.name(), url.redacted(), refused.get(), List.of());
            }
            for (KnownMapping other : known.values()) {
                if (!other.tenant().equals(database.tenant())) {
                    return new InstallPlan.Target(
                            database.tenant(),
                            database.name(),
                            url.redacted(),
                            TargetShapeException.ofAnotherTenant(other.tenant(), schema, database.tenant()),
                            List.of());
                }
            }
            List<MappingInTarget> mappings = new ArrayList<>();
            Set<String> mapped = plan.mappings().stream()
                    .filter(Mapping::whole)
                    .map(mapping -> mapping.target().inSchema(schema).sql())
                    .collect(Collectors.toUnmodifiableSet());
            for (Mapping mapping : plan.mappings()) {
                mappings.add(new MappingPlanner(
                                before,
                                sourceConnection,
                                target,
                                schema,
                                rights,
                                known,
                                mapping,
                                database.tenant(),
                                mapped)
                        .plan());
            }
            known.forEach((name, left) -> {
                if (plan.mappings().stream().noneMatch(mapping -> mapping.name().equals(name))) {
                    mappings.add(removed(name, left));
                }
            });
            target.rollback();
            return new InstallPlan.Target(database.tenant(), database.name(), url.redacted(), null, mappings);
        } catch (SQLException e) {
            return new InstallPlan.Target(
                    database.tenant(),
                    database.name(),
                    url.redacted(),
                    e instanceof FetchException
                            ? e.getMessage()
                            : ConnectionFailure.of(url, e).message(),
                    List.of());
        }
    }

    private static MappingInTarget removed(String name, KnownMapping left) {
        return new MappingInTarget(
                name,
                left.table() == null ? "" : left.table(),
                Action.LEAVE,
                0,
                List.of("the mapping is no longer configured"),
                List.of(),
                left.table() == null ? List.of() : List.of(left.stays()),
                null);
    }
}
