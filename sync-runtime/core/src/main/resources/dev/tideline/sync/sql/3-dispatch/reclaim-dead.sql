-- The claims of runtimes that are gone: nobody holds the advisory lock that each holds while it lives. If a runtime has
-- lost only that session for a moment, its requests are carried out twice, which does no harm.
UPDATE tideline.outgoing_request o SET lease_until = '-infinity'
 WHERE o.lease_until >= clock_timestamp() AND o.claimed_by <> ALL (
        SELECT l.objid::bigint::text FROM pg_locks l
         WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid::bigint = ?
           AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
