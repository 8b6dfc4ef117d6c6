-- Claims of runtimes that are gone: the advisory lock that each holds while it lives is not held any more. Should one
-- only have lost that session for a moment, its requests are carried out twice, which changes nothing.
UPDATE tideline.outgoing_request o SET lease_until = '-infinity'
 WHERE o.lease_until >= clock_timestamp() AND o.claimed_by <> ALL (
        SELECT l.objid::bigint::text FROM pg_locks l
         WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 2 AND l.classid::bigint = ?
           AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database()))
