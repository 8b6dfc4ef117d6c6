-- The claimants that live, each of which holds a lock. Needs no installation.
SELECT count(DISTINCT l.objid) FROM pg_locks l
 WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid::bigint = ?
   AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
