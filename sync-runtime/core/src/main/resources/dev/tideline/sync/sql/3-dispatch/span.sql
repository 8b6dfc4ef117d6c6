-- The first request for a tenant that is not done, or what comes behind the last one where there is none; and the last id that
-- was given to any.
SELECT coalesce((SELECT request_id FROM tideline.outgoing_request WHERE kind = 'sync' AND NOT dead ORDER BY request_id LIMIT 1),
                last.given + 1) AS oldest, last.given
  FROM (SELECT CASE WHEN is_called THEN last_value ELSE 0 END AS given FROM tideline.outgoing_request_request_id_seq) last
