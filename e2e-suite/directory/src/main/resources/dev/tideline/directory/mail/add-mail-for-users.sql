-- Users are locked against deletion in the same statement that finds them.
WITH recipient AS (
    SELECT id FROM project_user
     WHERE tenancy_id = :tenant AND (:all AND NOT is_anonymous OR id = ANY (:users))
     ORDER BY id
       FOR KEY SHARE
)
INSERT INTO email_outbox (tenancy_id, id, user_id, subject, html, category, scheduled_at)
SELECT :tenant, gen_random_uuid(), id, :subject, :html, :category,
       coalesce(CAST(:scheduledAt AS timestamptz), clock_timestamp())
  FROM recipient
RETURNING user_id
