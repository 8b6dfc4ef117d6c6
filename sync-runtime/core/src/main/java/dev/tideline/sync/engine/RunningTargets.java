package dev.tideline.sync.engine;

import dev.tideline.sync.target.ExternalDatabase;
import dev.tideline.sync.target.TargetDirectory;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The external databases that runs are at work on, at most one run each. Safe for use by many threads. */
final class RunningTargets {

    /** False once the external database is no longer listed. */
    private final Map<ExternalDatabase, Boolean> listed = new ConcurrentHashMap<>();

    /** Whether a run may begin: no other one is at work on the target. */
    boolean begin(ExternalDatabase target) {
        return listed.putIfAbsent(target, true) == null;
    }

    void ended(ExternalDatabase target) {
        listed.remove(target);
    }

    /**
     * Has runs end after the transaction in flight whose external database was removed, disabled or given another URL. Such a
     * change has a request of its own, which ends after this: from then on, no later change of the source goes there.
     *
     * @param tenants whose external databases were asked for
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

    /** Whether the run that is at work on the target is to end. */
    boolean halted(ExternalDatabase target) {
        return !listed.getOrDefault(target, true);
    }
}
