-- The processes working on this source: each has a session that holds its claimants' locks. Needs no installation.
SELECT count(DISTINCT l.pid) FROM pg_locks l
 WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid::bigint = ?
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
