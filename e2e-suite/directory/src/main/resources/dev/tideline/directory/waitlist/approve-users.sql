-- Locked in the order of ids, so that two who approve overlapping sets wait one way only. Whoever comes second looks at the
-- row again, finds it approved, and leaves it.
WITH waiting AS (
    SELECT id FROM project_user
     WHERE tenancy_id = :tenant AND id = ANY (:users) AND waitlist_status IN ('waiting', 'rejected')
     ORDER BY id
       FOR NO KEY UPDATE
), approved AS (
    UPDATE project_user u
       SET waitlist_status = 'approved', version = version + 1
      FROM waiting
     WHERE u.tenancy_id = :tenant AND u.id = waiting.id
    RETURNING u.tenancy_id, u.id
)
SELECT a.id, p.value AS primary_email
  FROM approved a
  LEFT JOIN contact_channel p ON p.tenancy_id = a.tenancy_id AND p.user_id = a.id AND p.is_primary
