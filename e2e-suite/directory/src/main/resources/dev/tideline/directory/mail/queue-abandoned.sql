-- Its worker died, or hangs. Before the hand-over nothing was sent, and it can be tried again. After it, the mail server may
-- have taken it or not, and nobody can tell: it is not sent twice.
UPDATE email_outbox
   SET status = CASE WHEN handed_over_at IS NULL AND attempts < :most THEN 'queued' ELSE 'server-error' END,
       error = CASE WHEN handed_over_at IS NULL
                    THEN 'The worker that was sending it died'
                    ELSE 'The worker died while the mail server was taking the mail: it may have arrived' END,
       claim = NULL, claim_expires_at = NULL
 WHERE id IN (SELECT id FROM email_outbox
               WHERE status = 'sending' AND claim_expires_at < clock_timestamp()
                 FOR UPDATE SKIP LOCKED)
