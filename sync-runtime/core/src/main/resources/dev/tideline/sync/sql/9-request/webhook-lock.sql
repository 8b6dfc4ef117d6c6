-- Locks a webhook whose changes nobody else turns into requests at the moment, unless another layout is installed than
-- the caller knows. Returns how many of its requests are waiting, up to a limit.
SELECT w.sequence_id, s.stream_id, w.stream AS known, s.incarnation || '/' || s.epoch AS stream,
       (SELECT count(*) FROM (SELECT FROM tideline.http_request h
                               WHERE h.flow_key = 'webhook:' || w.webhook_id AND h.lease_until IS NULL AND NOT h.dead
                               LIMIT ?) AS waiting) AS waiting
  FROM tideline.webhook w
  JOIN tideline.mapping m ON m.name = w.mapping_name
  JOIN tideline.stream s ON s.stream_id = m.stream_id
 WHERE w.webhook_id = ? AND (SELECT version FROM tideline.layout) = ?
   FOR UPDATE OF w SKIP LOCKED
