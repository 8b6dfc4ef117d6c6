INSERT INTO refresh_token (tenancy_id, id, user_id, token_hash, expires_at)
VALUES (:tenant, :id, :user, :hash, clock_timestamp() + make_interval(secs => :seconds))
