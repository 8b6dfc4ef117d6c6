-- One row if the user is a member, whether it had the permission or not.
INSERT INTO team_permission AS held (tenancy_id, team_id, user_id, permission_id)
SELECT tenancy_id, team_id, user_id, :permission
  FROM team_member WHERE tenancy_id = :tenant AND team_id = :team AND user_id = :user FOR KEY SHARE
ON CONFLICT (team_id, user_id, permission_id) DO UPDATE SET permission_id = held.permission_id
