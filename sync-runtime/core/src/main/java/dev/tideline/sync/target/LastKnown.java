package dev.tideline.sync.target;

import dev.tideline.sync.sql.SqlState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last known content of the table of external databases, so that no tenant stops when the table was renamed or
 * dropped. Safe for use by many threads.
 */
final class LastKnown {

    private static final Logger LOG = LoggerFactory.getLogger(LastKnown.class);

    private final String table;
    private final Map<String, List<ExternalDatabase>> byTenant = new HashMap<>(); // guarded by this
    private boolean whole; // guarded by this
    private String said; // guarded by this

    LastKnown(String table) {
        this.table = table;
    }

    synchronized void are(Collection<String> tenants, List<ExternalDatabase> databases) {
        tenants.forEach(tenant -> byTenant.put(tenant, new ArrayList<>()));
        databases.forEach(database -> byTenant.get(database.tenant()).add(database));
        said = null;
    }

    synchronized void areAll(List<ExternalDatabase> databases) {
        byTenant.clear();
        databases.forEach(database -> byTenant.computeIfAbsent(database.tenant(), tenant -> new ArrayList<>())
                .add(database));
        whole = true;
        said = null;
    }

    /**
     * What is known of these tenants; those that were never asked for are missing from the result.
     *
     * @throws SQLException the failure, if it is of another kind
     */
    synchronized Map<String, List<ExternalDatabase>> of(Collection<String> tenants, SQLException failure)
            throws SQLException {
        insteadOf(failure);
        Map<String, List<ExternalDatabase>> known = new HashMap<>();
        for (String tenant : tenants) {
            if (byTenant.containsKey(tenant)) {
                known.put(tenant, List.copyOf(byTenant.get(tenant)));
            }
        }
        return known;
    }

    /**
     * @throws SQLException the failure, if it is of another kind or the whole table was never read
     */
    synchronized List<ExternalDatabase> all(SQLException failure) throws SQLException {
        if (!whole) {
            throw failure;
        }
        insteadOf(failure);
        return byTenant.values().stream().flatMap(List::stream).toList();
    }

    private void insteadOf(SQLException failure) throws SQLException {
        if (!SqlState.isTheCatalogues(failure)) {
            throw failure;
        }
        if (!failure.getMessage().equals(said)) {
            said = failure.getMessage();
            LOG.warn(
                    "table {} cannot be read, and the external databases that it last named are served: {}",
                    table,
                    said);
        }
    }
}
