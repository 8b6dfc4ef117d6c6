UPDATE project_user SET display_name = ? WHERE tenancy_id = ? AND id = ?
