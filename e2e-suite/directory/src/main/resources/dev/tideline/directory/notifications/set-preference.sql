-- Counts as one row only if it changes what holds; without a row a category is wanted.
INSERT INTO notification_preference AS held (tenancy_id, user_id, category, enabled)
SELECT tenancy_id, id, :category, :enabled FROM project_user WHERE tenancy_id = :tenant AND id = :user FOR KEY SHARE
ON CONFLICT (user_id, category) DO UPDATE SET enabled = excluded.enabled
 WHERE held.enabled <> excluded.enabled
