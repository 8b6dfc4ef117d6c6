-- Gives a claim back, for an immediate or a later try. A request that came to wait meanwhile covers it.
WITH gone AS (
    DELETE FROM tideline.outgoing_request o
     WHERE o.request_id = ? AND o.fence = ?
    RETURNING o.*
)
INSERT INTO tideline.outgoing_request AS o (kind, tenant, deduplication_key, flow_key, changed_at, not_before, attempts, last_error)
SELECT kind, tenant, deduplication_key, flow_key, changed_at, clock_timestamp() + CAST(CAST(? AS text) AS interval), attempts, ? FROM gone
    ON CONFLICT (deduplication_key) WHERE lease_until IS NULL AND NOT dead DO NOTHING
