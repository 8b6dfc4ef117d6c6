package dev.tideline.directory.mail;

import dev.tideline.directory.http.ApiException;
import dev.tideline.directory.http.Check;
import dev.tideline.directory.notifications.Category;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code POST /emails/send-email}. */
public record SendRequest(
        List<UUID> userIds,
        Boolean allUsers,
        String subject,
        String html,
        String notificationCategoryName,
        Long scheduledAtMillis) {

    static final int LONGEST_HTML = 500_000;
    private static final int MOST_USERS = 1_000;
    private static final long LAST_MILLI = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

    /** Checks everything that can be checked without the database. */
    SendRequest checked() {
        boolean all = Boolean.TRUE.equals(allUsers);
        if (all == (userIds != null)) {
            throw ApiException.schema("user_ids", "either these or all_users must be given, and not both");
        }
        if (userIds != null && (userIds.isEmpty() || userIds.size() > MOST_USERS || userIds.contains(null))) {
            throw ApiException.schema("user_ids", "must be 1 to " + MOST_USERS + " ids");
        }
        Subject.of(subject);
        Check.text(html, "html", LONGEST_HTML);
        time(scheduledAtMillis == null ? 0 : scheduledAtMillis);
        category();
        return this;
    }

    Category category() {
        return notificationCategoryName == null ? Category.TRANSACTIONAL : Category.named(notificationCategoryName);
    }

    /** When to send it; empty for now. */
    Optional<Instant> scheduledAt() {
        return Optional.ofNullable(scheduledAtMillis).map(SendRequest::time);
    }

    static Instant time(long millis) {
        if (millis < 0 || millis > LAST_MILLI) {
            throw ApiException.schema("scheduled_at_millis", "must be milliseconds since 1970");
        }
        return Instant.ofEpochMilli(millis);
    }
}
