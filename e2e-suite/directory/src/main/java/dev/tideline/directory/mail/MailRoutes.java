package dev.tideline.directory.mail;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Items;
import dev.tideline.directory.http.OpenApi;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code /emails/send-email} and {@code /emails/outbox}. */
public record MailRoutes(Database database) {

    record Recipient(UUID userId) {}

    record Accepted(List<Recipient> results) {}

    record MailJson(
            UUID id,
            Optional<UUID> userId,
            Optional<String> toAddress,
            String subject,
            String html,
            String notificationCategoryName,
            MailStatus status,
            Optional<SkippedReason> skippedReason,
            Optional<String> error,
            int attempts,
            long createdAtMillis,
            long scheduledAtMillis,
            Optional<Long> sentAtMillis) {

        static MailJson of(OutboxMail mail) {
            return new MailJson(
                    mail.id(),
                    mail.userId(),
                    mail.toAddress(),
                    mail.subject(),
                    mail.html(),
                    mail.category(),
                    mail.status(),
                    mail.skippedReason(),
                    mail.error(),
                    mail.attempts(),
                    mail.createdAt().toEpochMilli(),
                    mail.scheduledAt().toEpochMilli(),
                    mail.sentAt().map(Instant::toEpochMilli));
        }
    }

    public void addTo(Api api) {
        api.post("/emails/send-email", Access.SERVER, "Puts a mail for each user into the outbox")
                .takes(SendRequest.class)
                .gives(Accepted.class)
                .by(this::send);
        api.get("/emails/outbox", Access.SERVER, "Lists mail, newest first")
                .query("limit", "integer", "1 to 200, otherwise 50")
                .query("cursor", "string", "next_cursor of the page before")
                .gives(OpenApi.listOf(MailJson.class))
                .by(this::list);
        api.get("/emails/outbox/{email_id}", Access.SERVER, "Shows a mail")
                .gives(MailJson.class)
                .by(this::show);
        api.patch("/emails/outbox/{email_id}", Access.SERVER, "Pauses, cancels or edits a mail that is not being sent")
                .takes(MailPatch.class)
                .gives(MailJson.class)
                .by(this::patch);
    }

    private Accepted send(Call call) {
        SendRequest request = call.body(SendRequest.class).checked();
        Optional<Set<UUID>> wanted = Optional.ofNullable(request.userIds()).map(LinkedHashSet::new);
        return database.inTransaction(handle -> {
            List<UUID> found = new Outbox(handle, call.tenant()).addForUsers(wanted.map(List::copyOf), request);
            wanted.ifPresent(users -> users.stream()
                    .filter(user -> !found.contains(user))
                    .findFirst()
                    .ifPresent(MailRoutes::refuse));
            return new Accepted(wanted.map(List::copyOf).orElse(found).stream()
                    .map(Recipient::new)
                    .toList());
        });
    }

    /** Rolls back: no mail is sent at all. */
    private static void refuse(UUID user) {
        throw new ApiException(
                400,
                "USER_ID_DOES_NOT_EXIST",
                "There is no user " + user,
                Map.of("user_id", user, "field", "user_ids"));
    }

    private Items<MailJson> list(Call call) {
        int limit = call.limit(50);
        Optional<Long> before = call.query("cursor").map(MailRoutes::cursor);
        List<OutboxMail> mails =
                database.inTransaction(handle -> new Outbox(handle, call.tenant()).list(before, limit));
        return new Items<>(
                mails.stream().map(MailJson::of).toList(),
                mails.size() < limit
                        ? Optional.empty()
                        : Optional.of(Long.toString(mails.get(limit - 1).number())));
    }

    private static long cursor(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ApiException.schema("cursor", "must be a next_cursor that was given before");
        }
    }

    private MailJson show(Call call) {
        UUID id = call.id("email_id");
        return MailJson.of(database.inTransaction(handle -> new Outbox(handle, call.tenant()).get(id)));
    }

    private MailJson patch(Call call) {
        UUID id = call.id("email_id");
        MailPatch patch = call.body(MailPatch.class);
        return MailJson.of(database.inTransaction(handle -> {
            Outbox outbox = new Outbox(handle, call.tenant());
            outbox.change(id, patch.apply(outbox.lock(id)));
            return outbox.get(id);
        }));
    }
}
