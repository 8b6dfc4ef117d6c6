-- Gives a claim back, for an immediate or a later try, as if the request were new: if another one is waiting by now,
-- that one covers it, and is claimed no later. It does not keep its generation; otherwise one request of each
-- generation would wait while a target is unavailable.
WITH gone AS (
    DELETE FROM tideline.outgoing_request o
     WHERE o.request_id = ? AND o.fence = ?
    RETURNING o.*
)
INSERT INTO tideline.outgoing_request AS o (kind, tenant, deduplication_key, flow_key, changed_at, not_before, attempts, last_error)
SELECT kind, tenant, CASE kind WHEN 'sync' THEN 'sync:' || tenant || ':' || g.last_value ELSE deduplication_key END, flow_key,
       changed_at, clock_timestamp() + CAST(CAST(? AS text) AS interval), attempts, ?
  FROM gone CROSS JOIN tideline.request_generation g
    ON CONFLICT (deduplication_key) WHERE lease_until IS NULL AND NOT dead DO UPDATE
   SET not_before = least(o.not_before, EXCLUDED.not_before), changed_at = least(o.changed_at, EXCLUDED.changed_at)
