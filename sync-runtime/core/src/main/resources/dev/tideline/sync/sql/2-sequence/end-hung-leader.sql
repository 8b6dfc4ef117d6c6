-- Ends the session that holds the right to sequence and has stood still between two statements for longer than a leader's
-- ever does: its process is stopped, or its machine is gone and the server does not know. One that works on a statement
-- is left alone, however long that takes. What it had not committed is rolled back with the session.
-- Found first, and ended then: a plan that called the function before the join is not to be had by any rewriting.
WITH hung AS MATERIALIZED (
    SELECT a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (l.classid::bigint << 32 | l.objid::bigint) = ?
       AND a.state LIKE 'idle%' AND a.state_change < clock_timestamp() - CAST(CAST(? AS text) AS interval)
)
SELECT pid, pg_terminate_backend(pid) FROM hung
