package dev.tideline.directory.waitlist;

import dev.tideline.directory.database.Database;
import dev.tideline.directory.http.Access;
import dev.tideline.directory.http.Api;
import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Call;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.http.Items;
import dev.tideline.directory.http.OpenApi;
import dev.tideline.directory.mail.Outbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code /internal/waitlist}. */
public record WaitlistRoutes(Database database) {

    static final String APPROVED_SUBJECT = "You're in";

    private static final int MOST = 1_000;

    /** Somebody who waits, in answers. */
    record WaitingJson(
            UUID id, String displayName, Optional<String> primaryEmail, long position, long signedUpAtMillis) {

        static WaitingJson of(WaitlistStore.Waiting waiting) {
            return new WaitingJson(
                    waiting.id(),
                    waiting.displayName(),
                    waiting.primaryEmail(),
                    waiting.position(),
                    waiting.signedUpAt().toEpochMilli());
        }
    }

    /** Whom to let in: these users, or a number from the top. */
    record Approval(List<UUID> userIds, Integer next) {}

    record Rejection(List<UUID> userIds) {}

    record Approved(List<UUID> approvedUserIds) {}

    record Rejected(List<UUID> rejectedUserIds) {}

    public void addTo(Api api) {
        api.get("/internal/waitlist", Access.ADMIN, "Lists who waits, in order")
                .query("limit", "integer", "1 to 200, otherwise 50")
                .query("cursor", "string", "next_cursor of the page before")
                .gives(OpenApi.listOf(WaitingJson.class))
                .by(this::list);
        api.post(
                        "/internal/waitlist/approve",
                        Access.ADMIN,
                        "Lets in these users, or the next N; those who are in already stay so")
                .takes(Approval.class)
                .gives(Approved.class)
                .by(this::approve);
        api.post("/internal/waitlist/reject", Access.ADMIN, "Takes users off the list without letting them in")
                .takes(Rejection.class)
                .gives(Rejected.class)
                .by(this::reject);
    }

    private Items<WaitingJson> list(Call call) {
        int limit = call.limit(50);
        long after = call.query("cursor")
                .map(text -> Check.number(text, "cursor", 0, Integer.MAX_VALUE))
                .orElse(0);
        List<WaitlistStore.Waiting> page =
                database.inTransaction(handle -> new WaitlistStore(handle, call.tenant()).list(after, limit));
        return new Items<>(
                page.stream().map(WaitingJson::of).toList(),
                page.size() < limit
                        ? Optional.empty()
                        : Optional.of(Long.toString(page.get(limit - 1).position())));
    }

    private Approved approve(Call call) {
        Approval approval = call.body(Approval.class);
        if ((approval.userIds() == null) == (approval.next() == null)) {
            throw ApiException.schema("user_ids", "either these or next must be given, and not both");
        }
        if (approval.next() != null && (approval.next() < 1 || approval.next() > MOST)) {
            throw ApiException.schema("next", "must be 1 to " + MOST);
        }
        return database.inTransaction(handle -> {
            WaitlistStore waitlist = new WaitlistStore(handle, call.tenant());
            waitlist.lock();
            List<WaitlistStore.Approved> approved = approval.next() != null
                    ? waitlist.approveNext(approval.next())
                    : waitlist.approve(known(waitlist, approval.userIds()));
            Outbox outbox = new Outbox(handle, call.tenant());
            approved.forEach(user -> user.primaryEmail()
                    .ifPresent(address -> outbox.addTo(
                            address, APPROVED_SUBJECT, "<p>Your wait is over: you can use everything now.</p>")));
            return new Approved(
                    approved.stream().map(WaitlistStore.Approved::id).toList());
        });
    }

    private Rejected reject(Call call) {
        Rejection rejection = call.body(Rejection.class);
        Check.required(rejection.userIds(), "user_ids");
        return new Rejected(database.inTransaction(handle -> {
            WaitlistStore waitlist = new WaitlistStore(handle, call.tenant());
            waitlist.lock();
            return waitlist.reject(known(waitlist, rejection.userIds()));
        }));
    }

    private static List<UUID> known(WaitlistStore waitlist, List<UUID> users) {
        if (users.isEmpty() || users.size() > MOST || users.contains(null)) {
            throw ApiException.schema("user_ids", "must be 1 to " + MOST + " ids");
        }
        waitlist.unknown(users).stream().findFirst().ifPresent(user -> {
            throw new ApiException(
                    400,
                    "USER_ID_DOES_NOT_EXIST",
                    "There is no user " + user,
                    Map.of("user_id", user, "field", "user_ids"));
        });
        return users;
    }
}
