-- What another worker or an administrator has locked is left to them.
UPDATE email_outbox
   SET status = CASE WHEN scheduled_at > clock_timestamp() THEN 'scheduled' ELSE 'queued' END,
       next_attempt_at = greatest(scheduled_at, next_attempt_at)
 WHERE id IN (SELECT id FROM email_outbox
               WHERE status = 'preparing' OR status = 'scheduled' AND scheduled_at <= clock_timestamp()
               ORDER BY number
               LIMIT 500
                 FOR UPDATE SKIP LOCKED)
