package dev.tideline.sync.plan;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tideline.sync.capture.CapturePlan;
import java.util.List;
import java.util.Locale;

/**
 * What an install of a configuration will do, and what the runtime will then do to each external database. Written as
 * JSON, names become snake_case. Holds no secret.
 *
 * @param schema what becomes of schema {@code tideline}
 * @param targetsNotLookedAt how many external databases there are beyond those that were asked for
 */
public record InstallPlan(
        SchemaChange schema, List<CapturePlan.Step> capture, List<Target> targets, long targetsNotLookedAt) {

    /** What becomes of schema {@code tideline}. */
    public enum SchemaChange {
        /** There is none, and it is created. */
        MADE,
        /** An earlier version created it, and it is brought up to date. */
        MIGRATED,
        /** It is up to date. */
        KEPT;

        /** As the plan shows it, to people and in JSON. */
        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What becomes of a mapping in a target. */
    public enum Action {
        /** Its table is made, or an empty one taken, and filled. */
        FILL,
        /** Its rows are read again, merged, and those that the mapping gives no more are deleted. */
        COPY_AGAIN,
        /** A copy that was begun goes on. */
        GO_ON_COPYING,
        /** It goes on as before. */
        FOLLOW,
        /** Nothing is done to it any more. */
        LEAVE,
        /** Nothing can be done to it until somebody changes something there. */
        FAIL
    }

    /**
     * @param address without the password; empty if it cannot be read
     * @param problem why nothing can be said or done as a whole; null if there is none
     */
    public record Target(String tenant, String name, String address, String problem, List<MappingInTarget> mappings) {}

    /**
     * @param table in the target
     * @param rows the planner's estimate of what is read for it; 0 where nothing is
     * @param because what changed
     * @param alterations of the table
     * @param left what stays as it is, with the statement that would remove it
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
