package dev.tideline.directory.mail;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.mapper.RowMapper;

/** A row of the outbox. @param number grows; the newest mail has the highest */
public record OutboxMail(
        UUID id,
        long number,
        Optional<UUID> userId,
        Optional<String> toAddress,
        String subject,
        String html,
        String category,
        MailStatus status,
        Optional<SkippedReason> skippedReason,
        Optional<String> error,
        int attempts,
        Instant createdAt,
        Instant scheduledAt,
        Optional<Instant> sentAt) {

    static final RowMapper<OutboxMail> ROW = (row, context) -> new OutboxMail(
            row.getObject("id", UUID.class),
            row.getLong("number"),
            Optional.ofNullable(row.getObject("user_id", UUID.class)),
            Optional.ofNullable(row.getString("to_address")),
            row.getString("subject"),
            row.getString("html"),
            row.getString("category"),
            MailStatus.of(row.getString("status")),
            Optional.ofNullable(row.getString("skipped_reason")).map(SkippedReason::valueOf),
            Optional.ofNullable(row.getString("error")),
            row.getInt("attempts"),
            row.getTimestamp("created_at").toInstant(),
            row.getTimestamp("scheduled_at").toInstant(),
            Optional.ofNullable(row.getTimestamp("sent_at")).map(java.sql.Timestamp::toInstant));
}
