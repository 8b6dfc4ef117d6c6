SELECT id, team_id, email
  FROM invitation
 WHERE tenancy_id = :tenant AND team_id = :team AND expires_at > clock_timestamp()
 ORDER BY created_at, id
