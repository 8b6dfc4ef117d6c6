package dev.tideline.sync;

import dev.tideline.sync.config.NearestName;
import dev.tideline.sync.config.SyncConfig;
import dev.tideline.sync.runtime.SyncPipeline;
import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * The external databases and mappings that somebody named, checked against the existing ones.
 *
 * @param paused labels of paused external databases
 */
record NamedTargets(List<ExternalDatabase> targets, Set<String> paused, List<String> mappings) {

    /**
     * Looks them up.
     *
     * @param target null for all of the tenant's
     * @param mapping null for all
     * @throws UnknownNameException if there is no such tenant, target or mapping; it suggests the nearest name
     */
    static NamedTargets find(SyncPipeline pipeline, String tenant, String target, String mapping) throws SQLException {
        List<String> mappings = pipeline.directory().mappings();
        if (mapping != null && !mappings.contains(mapping)) {
            throw new UnknownNameException(
                    "there is no mapping \"" + mapping + "\". " + NearestName.hint(mapping, mappings));
        }
        TargetDirectory.Listing listing = pipeline.directory().listing(Set.of(tenant));
        if (listing.all().isEmpty()) {
            throw new UnknownNameException(
                    pipeline.directory().existing(Set.of(tenant)).isEmpty()
                            ? noTenant(pipeline, tenant)
                            : "tenant \"" + tenant + "\" has no external database that is enabled. "
                                    + whereToAdd(pipeline.plan().config()));
        }
        List<ExternalDatabase> targets = listing.all().stream()
                .filter(database -> target == null || database.name().equals(target))
                .toList();
        if (targets.isEmpty()) {
            throw new UnknownNameException("tenant \"" + tenant + "\" has no external database \"" + target
                    + "\" that is enabled. "
                    + NearestName.hint(
                            target,
                            listing.all().stream().map(ExternalDatabase::name).toList()));
        }
        return new NamedTargets(targets, listing.paused(), mapping == null ? mappings : List.of(mapping));
    }

    private static String noTenant(SyncPipeline pipeline, String tenant) throws SQLException {
        return "there is no tenant \"" + tenant + "\" in "
                + pipeline.directory().tenantsAreIn() + " ("
                + String.join(", ", pipeline.plan().config().tenants().key()) + "). "
                + NearestName.hint(
                        tenant,
                        pipeline.directory().someTenants(),
                        "Tenants compare as text: write the id as it stands there.");
    }

    private static String whereToAdd(SyncConfig config) {
        return config.externalDatabases()
                .table()
                .map(table -> "Add a row to the table " + table + " (tenant, name, url, enabled)")
                .orElse("Add one to external_databases.list: { tenant, name, url }");
    }
}
