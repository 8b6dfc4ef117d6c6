-- The traces of the changes of a pass; only some of them if there are many.
SELECT DISTINCT traceparent FROM tideline.new_changes(CAST(? AS pg_snapshot), CAST(? AS pg_snapshot)) c
 WHERE traceparent IS NOT NULL LIMIT ?
