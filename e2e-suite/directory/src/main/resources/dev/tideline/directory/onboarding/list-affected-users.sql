SELECT *
  FROM directory_user
 WHERE tenancy_id = :tenant AND NOT is_restricted AND NOT primary_email_verified
 ORDER BY signed_up_at, id
 LIMIT :limit
