-- Committed before the code is compared: whoever tries many at once has no more attempts than one after the other.
UPDATE verification_code
   SET attempts_left = attempts_left - 1
 WHERE tenancy_id = :tenant AND channel_id = :channel AND attempts_left > 0 AND expires_at > clock_timestamp()
RETURNING code_hash
