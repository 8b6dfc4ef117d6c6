INSERT INTO password_credential (tenancy_id, user_id, password_hash) VALUES (:tenant, :user, :hash)
ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash
