package dev.tideline.directory.waitlist;

import dev.tideline.directory.database.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The waitlist of one tenant, within one transaction. */
public final class WaitlistStore extends Store {

    public WaitlistStore(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(ConstructorMapper.factory(Waiting.class));
        handle.registerRowMapper(ConstructorMapper.factory(Approved.class));
    }

    /** Somebody who waits. @param position from 1, without gaps */
    record Waiting(UUID id, String displayName, Optional<String> primaryEmail, long position, Instant signedUpAt) {}

    /** Somebody who has just been let in. */
    record Approved(UUID id, Optional<String> primaryEmail) {}

    /** Adds a user at the end. */
    public void add(UUID user) {
        update("add-to-waitlist").bind("id", user).execute();
    }

    List<Waiting> list(long afterPosition, int limit) {
        return query("list-waitlist")
                .bind("after", afterPosition)
                .bind("limit", limit)
                .mapTo(Waiting.class)
                .list();
    }

    /** Lets in those of these who are not in yet; of two concurrent calls, one gets each user back. */
    List<Approved> approve(List<UUID> users) {
        return query("approve-users")
                .bindArray("users", UUID.class, users.toArray())
                .mapTo(Approved.class)
                .list();
    }

    /** Lets in the first of those who wait; two concurrent calls let in twice as many. Call after {@link #lock}. */
    List<Approved> approveNext(int count) {
        return approve(list(0, count).stream().map(Waiting::id).toList());
    }

    /** Until the end of the transaction: one administrator at a time decides about the list. */
    void lock() {
        queryText("SELECT pg_advisory_xact_lock(hashtextextended('waitlist ' || :tenant, 0))::text")
                .mapTo(String.class)
                .one();
    }

    /**
     * @return those who waited
     */
    List<UUID> reject(List<UUID> users) {
        return query("reject-users")
                .bindArray("users", UUID.class, users.toArray())
                .mapTo(UUID.class)
                .list();
    }

    /** Those who are no users of this tenant. */
    List<UUID> unknown(List<UUID> users) {
        return query("unknown-users")
                .bindArray("users", UUID.class, users.toArray())
                .mapTo(UUID.class)
                .list();
    }
}
