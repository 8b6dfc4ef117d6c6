package dev.tideline.sync.engine;

import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The external databases that runs work on, with at most one run each. Safe for use by many threads. */
final class RunningTargets {

    /** False once the external database is no longer listed. */
    private final Map<ExternalDatabase, Boolean> listed = new ConcurrentHashMap<>();

    /** Whether a run may begin, because no other run works on the target. */
    boolean begin(ExternalDatabase target) {
        return listed.putIfAbsent(target, true) == null;
    }

    void ended(ExternalDatabase target) {
        listed.remove(target);
    }

    /**
     * Makes runs end after their current transaction if their external database was removed, disabled or given another
     * URL. Such a change has a request of its own, which ends after this, so no later change of the source reaches the
     * old database.
     *
     * @param tenants whose external databases were listed
     */
    void halt(Set<String> tenants, TargetDirectory.Listing listing) {
        Set<ExternalDatabase> all = Set.copyOf(listing.all());
        for (ExternalDatabase target : listed.keySet()) {
            String tenant = target.tenant();
            if (tenants.contains(tenant) && !listing.unread().contains(tenant) && !all.contains(target)) {
                listed.computeIfPresent(target, (same, before) -> false);
            }
        }
    }

    /** Whether the run on the target has to end. */
    boolean halted(ExternalDatabase target) {
        return !listed.getOrDefault(target, true);
    }
}
