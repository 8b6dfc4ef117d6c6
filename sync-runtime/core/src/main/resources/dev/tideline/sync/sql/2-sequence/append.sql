appended AS (
    INSERT INTO tideline.{{ledger}} AS l (tenant, {{keys}}, sequence_id, changed_at)
    SELECT tenant, {{keys}}, nextval('tideline.sequence_id'), changed_at FROM latest{{kept}}
    RETURNING l.tenant, l.changed_at, l.sequence_id
),
concerned AS MATERIALIZED (
    SELECT tenant, min(changed_at) AS changed_at FROM appended GROUP BY tenant
),
enqueued AS (
    INSERT INTO tideline.outgoing_request AS o (kind, tenant, deduplication_key, flow_key, changed_at)
    SELECT 'sync', tenant, 'sync:' || tenant || ':' || g.last_value, 'sync:' || tenant, changed_at
      FROM concerned CROSS JOIN tideline.request_generation g ORDER BY tenant
        ON CONFLICT (deduplication_key) WHERE lease_until IS NULL AND NOT dead DO UPDATE
       SET changed_at = least(o.changed_at, EXCLUDED.changed_at), not_before = '-infinity' -- it may wait for a target that fails; the others do not
    RETURNING tenant
)
SELECT (SELECT count(*) FROM appended) AS rows, (SELECT count(*) FROM enqueued) AS tenants, {{refused}} AS refused,
       (SELECT max(sequence_id) FROM appended) AS last_id
