UPDATE project_user SET is_anonymous = false, display_name = ? WHERE tenancy_id = ? AND id = ?
