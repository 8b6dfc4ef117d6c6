-- Nobody selects a team without being a member of it.
UPDATE project_user u
   SET selected_team_id = CAST(:team AS uuid)
 WHERE u.tenancy_id = :tenant AND u.id = :id
   AND (CAST(:team AS uuid) IS NULL
        OR EXISTS (SELECT 1 FROM team_member m
                    WHERE m.tenancy_id = u.tenancy_id AND m.user_id = u.id AND m.team_id = CAST(:team AS uuid)))
