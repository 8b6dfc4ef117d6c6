-- Tells a webhook that rows may have come or gone without a change of their own (TRUNCATE, partitions, a restored
-- source): whoever keeps a copy should compare it.
WITH seen AS (
    UPDATE tideline.webhook SET stream = ? WHERE webhook_id = ? RETURNING webhook_id, sequence_id, mapping_name
)
INSERT INTO tideline.http_request (url, host, body, deduplication_key, flow_key, parallelism, sender)
SELECT ?, ?, jsonb_build_object('mapping', s.mapping_name, 'operation', 'reset', 'tenant', NULL, 'key', NULL,
                                'sequence_id', s.sequence_id, 'row', NULL),
       'webhook:' || s.webhook_id || ':reset', 'webhook:' || s.webhook_id, ?, 'webhook:' || s.webhook_id
  FROM seen s
