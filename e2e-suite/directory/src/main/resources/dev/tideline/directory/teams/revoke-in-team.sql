DELETE FROM team_permission
 WHERE tenancy_id = :tenant AND team_id = :team AND user_id = :user AND permission_id = :permission
