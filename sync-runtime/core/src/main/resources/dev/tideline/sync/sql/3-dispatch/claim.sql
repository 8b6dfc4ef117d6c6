-- Claims requests that are waiting, or whose lease has ended, under a new fence; none while the poller is paused, or
-- while another layout is installed than the poller knows. A flow with its maximum of requests in flight waits. SKIP
-- LOCKED, so that two pollers never wait for each other. Starts at a floor, so that it does not walk over all requests
-- that are done and cannot be removed yet.
UPDATE tideline.outgoing_request o
   SET lease_until = clock_timestamp() + CAST(CAST(? AS text) AS interval), claimed_by = ?, fence = o.fence + 1, attempts = o.attempts + 1
 WHERE o.request_id IN (
        SELECT w.request_id FROM (SELECT CAST(? AS bigint) AS id) floor, tideline.outgoing_request w
         WHERE coalesce((SELECT enabled FROM tideline.fuse WHERE name = 'poller'), true)
           AND (SELECT version FROM tideline.layout) = ?
           AND w.request_id >= floor.id
           AND w.kind = 'sync' AND NOT w.dead AND w.not_before <= clock_timestamp()
           AND (w.lease_until IS NULL OR w.lease_until < clock_timestamp())
           AND (SELECT count(*) FROM tideline.outgoing_request f
                 WHERE f.flow_key = w.flow_key AND f.request_id >= floor.id AND f.lease_until >= clock_timestamp()) < w.parallelism
         ORDER BY w.request_id LIMIT ?
           FOR UPDATE OF w SKIP LOCKED)
RETURNING o.request_id, o.tenant, o.fence, o.attempts, o.traceparent
