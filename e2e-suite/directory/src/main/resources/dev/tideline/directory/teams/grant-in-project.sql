-- One row if there is such a user, whether it had the permission or not.
INSERT INTO project_permission AS held (tenancy_id, user_id, permission_id)
SELECT tenancy_id, id, :permission FROM project_user WHERE tenancy_id = :tenant AND id = :user FOR KEY SHARE
ON CONFLICT (user_id, permission_id) DO UPDATE SET permission_id = held.permission_id
