SELECT team_id, code_hash FROM invitation WHERE tenancy_id = :tenant AND id = :id AND expires_at > clock_timestamp()
