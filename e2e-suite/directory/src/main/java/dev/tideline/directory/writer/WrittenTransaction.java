package dev.tideline.directory.writer;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One transaction of a {@link DirectoryWriter}.
 *
 * @param committed whether it was committed, and not rolled back on purpose
 * @param commitSent when the COMMIT (or ROLLBACK) was sent, by this machine's clock
 * @param changes the rows it changed, in order; of a deleted user also each of its channels
 */
public record WrittenTransaction(
        String tenant, Activity activity, boolean committed, Instant commitSent, List<Change> changes) {

    /** Freezes the list. */
    public WrittenTransaction {
        changes = List.copyOf(changes);
    }

    /** The tables that are written to. */
    public enum Table {
        /** {@code project_user}. */
        USER,
        /** {@code contact_channel}. */
        CHANNEL
    }

    /**
     * A changed row.
     *
     * @param kind what happened to it; a user whose primary address changed counts as updated, though its own row did not
     */
    public record Change(Table table, UUID id, Kind kind) {
        /** What happened to a row. */
        public enum Kind {
            /** It is new. */
            INSERTED,
            /** It has other values. */
            UPDATED,
            /** It is gone. */
            DELETED
        }
    }
}
