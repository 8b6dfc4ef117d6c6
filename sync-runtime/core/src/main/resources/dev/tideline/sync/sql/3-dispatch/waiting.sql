-- What waits for a tenant. Whatever adds to a waiting request writes its row anew, so that xmin tells its versions apart.
SELECT request_id, xmin::text FROM tideline.outgoing_request
 WHERE kind = 'sync' AND tenant = ? AND lease_until IS NULL AND NOT dead
