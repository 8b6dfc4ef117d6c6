-- Registers this runtime, and removes those that ended a while ago.
WITH gone AS (
    DELETE FROM tideline.process p
     WHERE p.number <> ? AND p.since < clock_timestamp() - interval '1 hour'
       AND p.number NOT IN (SELECT l.objid::bigint FROM pg_locks l
                             WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid::bigint = ?
                               AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
)
INSERT INTO tideline.process AS p (number, host, pid, version, role) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (number) DO NOTHING
