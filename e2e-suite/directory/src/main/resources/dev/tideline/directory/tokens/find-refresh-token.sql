SELECT id, user_id, created_at, expires_at
  FROM refresh_token
 WHERE tenancy_id = :tenant AND token_hash = :hash AND expires_at > clock_timestamp()
