-- A window begins with its first use; those who count at the same time wait for each other at the row.
INSERT INTO rate_limit AS held (tenancy_id, action, subject, window_start, uses)
VALUES (:tenant, :action, :subject, clock_timestamp(), 1)
ON CONFLICT (tenancy_id, action, subject) DO UPDATE
   SET uses = CASE WHEN held.window_start > clock_timestamp() - make_interval(secs => :seconds)
                   THEN held.uses + 1 ELSE 1 END,
       window_start = CASE WHEN held.window_start > clock_timestamp() - make_interval(secs => :seconds)
                           THEN held.window_start ELSE clock_timestamp() END
RETURNING uses
