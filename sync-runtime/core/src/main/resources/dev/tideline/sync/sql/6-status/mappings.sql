-- The totals of each mapping over all targets; NULL for all tenants.
SELECT m.name, m.stream_id, coalesce(sum(b.entries), 0)::bigint AS backlog, min(b.behind_since) AS behind_since
  FROM tideline.mapping m
  LEFT JOIN tideline.backlog b ON b.mapping_name = m.name AND (CAST(? AS text) IS NULL OR b.tenant = ?)
 GROUP BY m.name, m.stream_id ORDER BY m.name
