-- Its contact channels go with it, by the foreign key.
DELETE FROM project_user WHERE tenancy_id = ? AND id = ?
