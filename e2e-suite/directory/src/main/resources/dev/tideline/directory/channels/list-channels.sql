-- The primary one first.
SELECT id, user_id, type, value, is_primary, is_verified, used_for_auth
  FROM contact_channel
 WHERE tenancy_id = :tenant AND user_id = :user
 ORDER BY is_primary DESC, value
