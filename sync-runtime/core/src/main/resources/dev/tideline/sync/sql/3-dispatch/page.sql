-- A page of requests in one state, the newest first.
SELECT request_id, kind, tenant, url, attempts, last_error, enqueued_at, not_before, dead, lease_until IS NOT NULL AS claimed,
       coalesce(lease_until < clock_timestamp(), false) AS stale
  FROM tideline.outgoing_request
 WHERE CASE CAST(? AS text) WHEN 'dead' THEN dead
                            WHEN 'pending' THEN NOT dead AND lease_until IS NULL
                            WHEN 'in_flight' THEN NOT dead AND lease_until >= clock_timestamp()
                            WHEN 'stale' THEN NOT dead AND lease_until < clock_timestamp()
                            ELSE true END
 ORDER BY request_id DESC LIMIT ? OFFSET ?
