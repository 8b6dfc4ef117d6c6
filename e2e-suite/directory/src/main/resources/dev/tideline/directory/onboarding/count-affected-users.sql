SELECT count(*)
  FROM directory_user
 WHERE tenancy_id = :tenant AND NOT is_restricted AND NOT primary_email_verified
