INSERT INTO invitation (tenancy_id, id, team_id, email, code_hash, expires_at)
VALUES (:tenant, :id, :team, :email, :hash, clock_timestamp() + make_interval(secs => :seconds))
