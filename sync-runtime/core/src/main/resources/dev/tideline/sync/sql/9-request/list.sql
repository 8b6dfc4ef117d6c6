-- A page of requests in one state, the oldest first.
SELECT request_id, state, message_id, sender, tenant, host, body::text AS body, attempts, last_error, enqueued_at, not_before
  FROM (SELECT h.*, CASE WHEN dead THEN 'dead' WHEN lease_until IS NOT NULL THEN 'in_flight' ELSE 'waiting' END AS state
          FROM tideline.http_request h) r
 WHERE (CAST(? AS text) IS NULL OR state = ?) AND request_id > ? ORDER BY request_id LIMIT ?
