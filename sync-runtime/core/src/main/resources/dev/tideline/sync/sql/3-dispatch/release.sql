-- Gives a claim back, for an immediate or a later try, as a request of now: one that came to wait meanwhile covers it, and
-- need not wait longer. It does not keep its generation, or one would wait for each of them while a target is away.
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
