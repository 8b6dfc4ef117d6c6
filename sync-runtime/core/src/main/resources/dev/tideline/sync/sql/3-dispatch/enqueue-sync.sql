-- Creates a request for each of these tenants, unless one is waiting already.
INSERT INTO tideline.outgoing_request AS o (kind, tenant, deduplication_key, flow_key)
SELECT 'sync', t, 'sync:' || t || ':' || g.last_value, 'sync:' || t
  FROM (SELECT DISTINCT unnest(CAST(? AS text[])) AS t) tenants CROSS JOIN tideline.request_generation g ORDER BY t
    ON CONFLICT (deduplication_key) WHERE lease_until IS NULL AND NOT dead DO UPDATE SET not_before = '-infinity'
