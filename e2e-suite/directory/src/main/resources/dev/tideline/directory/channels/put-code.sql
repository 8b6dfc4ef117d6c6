-- The code before it stops working.
INSERT INTO verification_code (tenancy_id, channel_id, code_hash, attempts_left, expires_at)
VALUES (:tenant, :channel, :hash, :attempts, clock_timestamp() + make_interval(secs => :seconds))
ON CONFLICT (channel_id) DO UPDATE
   SET code_hash = excluded.code_hash, attempts_left = excluded.attempts_left, expires_at = excluded.expires_at
