-- A request for each of these tenants, unless one waits already.
INSERT INTO tideline.outgoing_request AS o (kind, tenant, deduplication_key, flow_key)
SELECT 'sync', t, 'sync:' || t, 'sync:' || t FROM (SELECT DISTINCT unnest(CAST(? AS text[])) AS t) tenants ORDER BY t
    ON CONFLICT (deduplication_key) WHERE lease_until IS NULL AND NOT dead DO UPDATE SET not_before = '-infinity'
