package dev.tideline.directory.mail;

import dev.tideline.directory.database.Store;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.notifications.Category;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The outbox of one tenant. A mail that is added is sent if and only if the transaction commits. */
public final class Outbox extends Store {

    public Outbox(Handle handle, String tenant) {
        super(handle, tenant);
        handle.registerRowMapper(OutboxMail.class, OutboxMail.ROW);
    }

    /** Adds a mail to a fixed address, which may not be confirmed yet. */
    public void addTo(String address, String subject, String html) {
        update("add-mail-to-address")
                .bind("id", UUID.randomUUID())
                .bind("address", address)
                .bind("subject", subject)
                .bind("html", html)
                .bind("category", Category.TRANSACTIONAL.toString())
                .execute();
    }

    /**
     * Adds a mail to each of these users, or to all who are not anonymous. It goes to the primary address at the time
     * of sending.
     *
     * @return those of the users who exist
     */
    public List<UUID> addForUsers(Optional<List<UUID>> users, SendRequest mail) {
        return query("add-mail-for-users")
                .bind("all", users.isEmpty())
                .bindArray("users", UUID.class, users.orElse(List.of()).toArray())
                .bind("subject", mail.subject())
                .bind("html", mail.html())
                .bind("category", mail.category().toString())
                .bind("scheduledAt", mail.scheduledAt())
                .mapTo(UUID.class)
                .list();
    }

    /** Newest first. @param before number of the last mail of the previous page */
    List<OutboxMail> list(Optional<Long> before, int limit) {
        return query("list-mail")
                .bind("before", before.orElse(Long.MAX_VALUE))
                .bind("limit", limit)
                .mapTo(OutboxMail.class)
                .list();
    }

    /** @throws ApiException 404 if there is no such mail */
    OutboxMail get(UUID id) {
        return found(queryText("SELECT * FROM email_outbox WHERE tenancy_id = :tenant AND id = :id")
                .bind("id", id)
                .mapTo(OutboxMail.class)
                .findOne());
    }

    /** Also locks it: workers skip locked mail. */
    OutboxMail lock(UUID id) {
        return found(queryText("SELECT * FROM email_outbox WHERE tenancy_id = :tenant AND id = :id FOR UPDATE")
                .bind("id", id)
                .mapTo(OutboxMail.class)
                .findOne());
    }

    private static OutboxMail found(Optional<OutboxMail> mail) {
        return mail.orElseThrow(() -> new ApiException(404, "EMAIL_NOT_FOUND", "There is no such mail in the outbox"));
    }

    void change(UUID id, MailPatch.Changed changed) {
        update("change-mail")
                .bind("id", id)
                .bind("status", changed.status().toString())
                .bind("skippedReason", changed.skippedReason().map(Enum::name))
                .bind("subject", changed.subject())
                .bind("html", changed.html())
                .bind("scheduledAt", changed.scheduledAt())
                .execute();
    }
}
