-- The oldest due mail that nobody else is taking, with its recipient as it is now.
WITH claimed AS (
    UPDATE email_outbox
       SET status = 'sending', claim = :claim, attempts = attempts + 1,
           claim_expires_at = clock_timestamp() + make_interval(secs => :seconds)
     WHERE id = (SELECT id FROM email_outbox
                  WHERE status = 'queued' AND next_attempt_at <= clock_timestamp()
                  ORDER BY next_attempt_at, number
                  LIMIT 1
                    FOR UPDATE SKIP LOCKED)
    RETURNING *
)
SELECT m.id, m.claim, m.tenancy_id, m.user_id, m.subject, m.html, m.category, m.attempts,
       coalesce(m.to_address, c.value) AS address,
       coalesce(NOT n.enabled, false) AS unsubscribed
  FROM claimed m
  LEFT JOIN contact_channel c ON c.tenancy_id = m.tenancy_id AND c.user_id = m.user_id AND c.is_primary
  LEFT JOIN notification_preference n
         ON n.tenancy_id = m.tenancy_id AND n.user_id = m.user_id AND n.category = m.category
