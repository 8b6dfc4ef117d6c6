-- Locked in the order of ids, as approve-users does.
WITH waiting AS (
    SELECT id FROM project_user
     WHERE tenancy_id = :tenant AND id = ANY (:users) AND waitlist_status = 'waiting'
     ORDER BY id
       FOR NO KEY UPDATE
)
UPDATE project_user u
   SET waitlist_status = 'rejected'
  FROM waiting
 WHERE u.tenancy_id = :tenant AND u.id = waiting.id
RETURNING u.id
