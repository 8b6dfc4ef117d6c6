-- Locked in the order of ids: two who change settings wait for each other at the tenant's row already, but others lock
-- several users, too.
WITH unverified AS (
    SELECT u.id FROM project_user u
     WHERE u.tenancy_id = :tenant
       AND NOT EXISTS (SELECT 1 FROM contact_channel c
                        WHERE c.tenancy_id = u.tenancy_id AND c.user_id = u.id AND c.is_primary AND c.is_verified)
     ORDER BY u.id
       FOR NO KEY UPDATE OF u
)
UPDATE project_user u
   SET version = version + 1
  FROM unverified
 WHERE u.tenancy_id = :tenant AND u.id = unverified.id
