-- The last tries of a request, newest first.
SELECT attempt, ended_at, duration_ms, status, error FROM tideline.delivery_attempt
 WHERE request_id = ? ORDER BY attempt_id DESC LIMIT 100
