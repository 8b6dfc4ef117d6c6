-- An external database was added, changed or removed: its tenant gets a request.
INSERT INTO tideline.outgoing_request AS o (kind, tenant, deduplication_key, flow_key, changed_at)
SELECT 'sync', c1, 'sync:' || c1 || ':' || g.last_value, 'sync:' || c1, min(captured_at)
  FROM tideline.new_changes(CAST(? AS pg_snapshot), CAST(? AS pg_snapshot)) c CROSS JOIN tideline.request_generation g
 WHERE c.stream = {{stream}} AND NOT c.truncated AND octet_length(c1) <= {{longest}}
 GROUP BY c1, g.last_value ORDER BY c1
    ON CONFLICT (deduplication_key) WHERE lease_until IS NULL AND NOT dead DO UPDATE
   SET changed_at = least(o.changed_at, EXCLUDED.changed_at), not_before = '-infinity'
