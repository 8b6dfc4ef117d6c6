SELECT m.user_id, u.display_name,
       ARRAY(SELECT p.permission_id FROM team_permission p
              WHERE p.tenancy_id = m.tenancy_id AND p.team_id = m.team_id AND p.user_id = m.user_id
              ORDER BY p.permission_id) AS permission_ids
  FROM team_member m
  JOIN project_user u ON u.tenancy_id = m.tenancy_id AND u.id = m.user_id
 WHERE m.tenancy_id = :tenant AND m.team_id = :team
 ORDER BY m.joined_at, m.user_id
