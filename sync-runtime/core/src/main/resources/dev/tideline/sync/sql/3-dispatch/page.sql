-- A page of requests in one state, the newest first, each with its last try, and a webhook's with the row that it is about.
WITH page AS (
    SELECT request_id, kind, tenant, url, attempts, last_error, enqueued_at, not_before, dead, lease_until IS NOT NULL AS claimed,
           coalesce(lease_until < clock_timestamp(), false) AS stale
      FROM tideline.outgoing_request
     WHERE CASE CAST(? AS text) WHEN 'dead' THEN dead
                                WHEN 'pending' THEN NOT dead AND lease_until IS NULL
                                WHEN 'in_flight' THEN NOT dead AND lease_until >= clock_timestamp()
                                WHEN 'stale' THEN NOT dead AND lease_until < clock_timestamp()
                                ELSE true END
     ORDER BY request_id DESC LIMIT ? OFFSET ?
)
SELECT p.*, h.sender, w.body->>'mapping' AS mapping,
       CASE jsonb_typeof(w.body->'key') WHEN 'object' THEN ARRAY(SELECT value FROM jsonb_each_text(w.body->'key')) END AS key,
       t.ended_at, t.duration_ms, t.status
  FROM page p
  LEFT JOIN tideline.http_request h ON h.request_id = p.request_id
  LEFT JOIN tideline.http_request w ON w.request_id = p.request_id AND w.sender LIKE 'webhook:%'
  LEFT JOIN LATERAL (SELECT a.ended_at, a.duration_ms, a.status FROM tideline.delivery_attempt a
                      WHERE a.request_id = p.request_id ORDER BY a.attempt_id DESC LIMIT 1) t ON true
 ORDER BY p.request_id DESC
