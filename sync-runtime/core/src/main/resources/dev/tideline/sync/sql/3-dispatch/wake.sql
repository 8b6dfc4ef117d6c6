-- Makes a waiting request wait no longer than this, or creates one if there is none.
INSERT INTO tideline.outgoing_request AS o (kind, tenant, deduplication_key, flow_key, not_before)
SELECT 'sync', t, 'sync:' || t || ':' || g.last_value, 'sync:' || t, clock_timestamp() + CAST(CAST(? AS text) AS interval)
  FROM CAST(? AS text) AS t CROSS JOIN tideline.request_generation g
    ON CONFLICT (deduplication_key) WHERE lease_until IS NULL AND NOT dead DO UPDATE
   SET not_before = least(o.not_before, EXCLUDED.not_before)
