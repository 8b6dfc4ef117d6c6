SELECT *
  FROM directory_user
 WHERE tenancy_id = :tenant
   AND (:includeRestricted OR NOT is_restricted)
   AND (:includeAnonymous OR NOT is_anonymous)
   AND (NOT :onlyAnonymous OR is_anonymous)
   AND (CAST(:afterId AS uuid) IS NULL
        OR (signed_up_at, id) > (CAST(:afterTime AS timestamptz), CAST(:afterId AS uuid)))
 ORDER BY signed_up_at, id
 LIMIT :limit
