-- Behind the lock of the team's row, which whoever selects it takes first. In the order of ids, as all who lock several users.
WITH selecting AS (
    SELECT id FROM project_user
     WHERE tenancy_id = :tenant AND selected_team_id = :id
     ORDER BY id
       FOR NO KEY UPDATE
)
UPDATE project_user u
   SET selected_team_id = NULL, version = version + 1
  FROM selecting
 WHERE u.tenancy_id = :tenant AND u.id = selecting.id
