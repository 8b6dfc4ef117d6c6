INSERT INTO project_user (tenancy_id, id, display_name, is_anonymous) VALUES (:tenant, :id, :displayName, :anonymous)
