package dev.tideline.directory.mail;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.database.Sql;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Update;

/**
 * The workers' view of the outboxes of all tenants. Each step is one transaction. A step for a claimed mail counts only
 * while the mail has this claim: a worker that was considered dead and wakes up changes nothing.
 */
record MailQueue(Database database) {

    /**
     * A mail claimed by a worker, with what is known about its recipient now.
     *
     * @param claim of this attempt
     * @param address empty if the user has no primary email
     * @param attempts including this one
     */
    record Claimed(
            UUID id,
            UUID claim,
            String tenancyId,
            Optional<UUID> userId,
            Optional<String> address,
            String subject,
            String html,
            String category,
            boolean unsubscribed,
            int attempts) {}

    /** Queues new and due mail, and takes back the claims of dead workers. @return whether there was any */
    boolean advance() {
        return database.inTransaction(handle -> {
            int advanced = update(handle, "queue-due").execute();
            return advanced
                            + update(handle, "queue-abandoned")
                                    .bind("most", RetryPolicy.ATTEMPTS)
                                    .execute()
                    > 0;
        });
    }

    Optional<Claimed> claim(Duration lease) {
        return database.inTransaction(handle -> handle.createQuery(Sql.read(MailQueue.class, "queue-claim"))
                .registerRowMapper(ConstructorMapper.factory(Claimed.class))
                .bind("claim", UUID.randomUUID())
                .bind("seconds", lease.toMillis() / 1000.0)
                .mapTo(Claimed.class)
                .findOne());
    }

    /**
     * From here on the mail may have been sent. @return whether the claim is still valid; if not, it must not be sent
     */
    boolean handOver(Claimed mail) {
        return step("queue-hand-over", mail) == 1;
    }

    void sent(Claimed mail) {
        step("queue-sent", mail);
    }

    void skip(Claimed mail, SkippedReason reason) {
        database.useTransaction(handle -> claimed(handle, "queue-skip", mail)
                .bind("reason", reason.name())
                .execute());
    }

    /**
     * @param again when to try again; empty for never
     */
    void failed(Claimed mail, String error, Optional<Duration> again) {
        database.useTransaction(handle -> claimed(handle, "queue-failed", mail)
                .bind("error", error)
                .bind("seconds", again.map(pause -> pause.toMillis() / 1000.0))
                .execute());
    }

    private int step(String name, Claimed mail) {
        return database.inTransaction(handle -> claimed(handle, name, mail).execute());
    }

    private static Update claimed(Handle handle, String name, Claimed mail) {
        return update(handle, name).bind("id", mail.id()).bind("claim", mail.claim());
    }

    private static Update update(Handle handle, String name) {
        return handle.createUpdate(Sql.read(MailQueue.class, name));
    }
}
