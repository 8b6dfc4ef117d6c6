-- Waits for changes that are not in a snapshot. Holds its own snapshot for no longer than its patience, and locks nothing.
SELECT here::text, changed FROM tideline.await_changes(CAST(? AS pg_snapshot), ?, ?)
