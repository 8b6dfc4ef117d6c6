-- An external database was added, changed or removed: its tenant gets a request.
INSERT INTO tideline.outgoing_request AS o (kind, tenant, deduplication_key, flow_key, changed_at)
SELECT 'sync', c1, 'sync:' || c1, 'sync:' || c1, min(captured_at)
  FROM tideline.new_changes(CAST(? AS pg_snapshot), CAST(? AS pg_snapshot)) c
 WHERE c.stream = {{stream}} AND NOT c.truncated AND c1 IS NOT NULL
 GROUP BY c1 ORDER BY c1
    ON CONFLICT (deduplication_key) WHERE lease_until IS NULL AND NOT dead DO UPDATE
   SET changed_at = least(o.changed_at, EXCLUDED.changed_at), not_before = '-infinity'
