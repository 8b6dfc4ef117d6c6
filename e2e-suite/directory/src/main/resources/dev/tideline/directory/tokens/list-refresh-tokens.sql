SELECT id, user_id, created_at, expires_at
  FROM refresh_token
 WHERE tenancy_id = :tenant AND user_id = :user
 ORDER BY created_at, id
