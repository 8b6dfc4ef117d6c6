UPDATE email_outbox
   SET status = 'skipped', skipped_reason = :reason, claim = NULL, claim_expires_at = NULL
 WHERE id = :id AND claim = :claim
