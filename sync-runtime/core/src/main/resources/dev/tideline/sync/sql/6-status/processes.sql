-- The living runtimes, each of which holds a lock with its number; the newest with the right to sequence leads while
-- anybody holds that.
SELECT p.number, p.host, p.pid, p.version, p.role, p.since, p.leading_since, p.requests, p.rows::text AS rows
  FROM tideline.process p
 WHERE p.number IN (SELECT l.objid::bigint FROM pg_locks l
                     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid::bigint = ?
                       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
 ORDER BY p.since, p.number
