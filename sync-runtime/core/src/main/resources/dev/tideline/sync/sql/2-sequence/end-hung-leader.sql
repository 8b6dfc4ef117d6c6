-- Ends the session that holds the right to sequence if it has been idle between two statements for longer than a
-- leader's ever is: its process is stopped, or its machine is gone and the server does not know. A session that runs a
-- statement is left alone, however long that takes. What it had not committed is rolled back. The session is found
-- first and then ended: otherwise some plans would call the function before the join.
WITH hung AS MATERIALIZED (
    SELECT a.pid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND (l.classid::bigint << 32 | l.objid::bigint) = ?
       AND a.state LIKE 'idle%' AND a.state_change < clock_timestamp() - CAST(CAST(? AS text) AS interval)
)
SELECT pid, pg_terminate_backend(pid) FROM hung
