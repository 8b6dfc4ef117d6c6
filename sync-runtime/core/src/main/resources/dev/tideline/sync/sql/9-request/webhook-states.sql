-- The state of each webhook: waiting requests, up to ?; since when the first of them has waited, and its error; and
-- dead letters, up to ?.
SELECT w.webhook_id, w.mapping_name, m.stream_id, w.sequence_id,
       (SELECT count(*) FROM (SELECT FROM tideline.http_request h
                               WHERE h.flow_key = 'webhook:' || w.webhook_id AND h.lease_until IS NULL AND NOT h.dead
                               LIMIT ?) k) AS waiting,
       f.enqueued_at, f.last_error,
       (SELECT count(*) FROM (SELECT FROM tideline.http_request h
                               WHERE h.flow_key = 'webhook:' || w.webhook_id AND h.dead LIMIT ?) k) AS dead
  FROM tideline.webhook w
  JOIN tideline.mapping m ON m.name = w.mapping_name
  LEFT JOIN LATERAL (SELECT h.enqueued_at, h.last_error FROM tideline.http_request h
                      WHERE h.flow_key = 'webhook:' || w.webhook_id AND h.lease_until IS NULL AND NOT h.dead
                      ORDER BY h.request_id LIMIT 1) f ON true
 ORDER BY w.mapping_name, w.webhook_id
