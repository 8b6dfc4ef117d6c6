-- Whether a session of this database holds an advisory lock. Everybody may read pg_locks.
SELECT EXISTS (SELECT FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_database d ON d.oid = l.database
                WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND d.datname = pg_catalog.current_database()
                  AND (l.classid::bigint << 32 | l.objid::bigint) = ?)
