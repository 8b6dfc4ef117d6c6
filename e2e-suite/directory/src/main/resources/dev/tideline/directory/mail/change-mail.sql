-- What is prepared anew has all its attempts again, and no error.
UPDATE email_outbox
   SET status = :status,
       skipped_reason = :skippedReason,
       subject = :subject,
       html = :html,
       scheduled_at = :scheduledAt,
       attempts = CASE WHEN :status = 'preparing' THEN 0 ELSE attempts END,
       error = CASE WHEN :status = 'preparing' THEN NULL ELSE error END,
       handed_over_at = CASE WHEN :status = 'preparing' THEN NULL ELSE handed_over_at END,
       next_attempt_at = CASE WHEN :status = 'preparing' THEN :scheduledAt ELSE next_attempt_at END
 WHERE tenancy_id = :tenant AND id = :id
