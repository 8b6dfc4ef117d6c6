UPDATE email_outbox
   SET status = 'sent', sent_at = clock_timestamp(), error = NULL, claim = NULL, claim_expires_at = NULL
 WHERE id = :id AND claim = :claim
