package dev.tideline.sync.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tideline.sync.capture.CapturePlan;
import java.util.List;
import java.util.Locale;

/**
 * What an install of a configuration will do, and what the runtime will then do to each external database. In JSON,
 * names become snake_case. Contains no secrets.
 *
 * @param schema what happens to schema {@code tideline}
 * @param targetsNotLookedAt number of external databases that were not inspected
 */
public record InstallPlan(
        SchemaChange schema, List<CapturePlan.Step> capture, List<Target> targets, long targetsNotLookedAt) {

    /** What happens to schema {@code tideline}. */
    public enum SchemaChange {
        /** There is none, and it is created. */
        MADE,
        /** An earlier version created it, and it is migrated. */
        MIGRATED,
        /** It is up to date. */
        KEPT;

        /** As shown in the plan, to people and in JSON. */
        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What happens to a mapping in a target. */
    public enum Action {
        /** Its table is created, or an empty one is used, and filled. */
        FILL,
        /** Its rows are read and merged again, and rows that the mapping no longer returns are deleted. */
        COPY_AGAIN,
        /** A copy in progress continues. */
        GO_ON_COPYING,
        /** It is updated as before. */
        FOLLOW,
        /** It is no longer updated. */
        LEAVE,
        /** Nothing can be done until somebody changes something there. */
        FAIL
    }

    /**
     * @param address without the password; empty if it cannot be read
     * @param problem why the target as a whole cannot be planned or used; null if there is none
     */
    public record Target(String tenant, String name, String address, String problem, List<MappingInTarget> mappings) {}

    /**
     * @param table in the target
     * @param rows the planner's estimate of the rows to read; 0 if none are
     * @param because what changed
     * @param alterations of the table
     * @param left what is left unchanged, with the statement that would remove it
     * @param problem null if there is none
     */
    public record MappingInTarget(
            String mapping,
            String table,
            Action action,
            long rows,
            List<String> because,
            List<String> alterations,
            List<String> left,
            String problem) {}
}
