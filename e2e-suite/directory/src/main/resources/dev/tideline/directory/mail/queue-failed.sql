UPDATE email_outbox
   SET status = CASE WHEN CAST(:seconds AS float8) IS NULL THEN 'server-error' ELSE 'queued' END,
       next_attempt_at = clock_timestamp() + make_interval(secs => coalesce(CAST(:seconds AS float8), 0)),
       error = :error, claim = NULL, claim_expires_at = NULL, handed_over_at = NULL
 WHERE id = :id AND claim = :claim
