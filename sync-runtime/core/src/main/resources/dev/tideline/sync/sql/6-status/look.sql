-- What a history is made of; each part is as large as what is under way, and no larger.
SELECT clock_timestamp() AS at, (SELECT coalesce(sum(changes), 0)::bigint FROM tideline.sequenced_figures) AS changes,
       (SELECT count(*) FROM (SELECT 1 FROM tideline.outgoing_request WHERE NOT dead LIMIT 100000) r) AS waiting,
       b.backlog, b.behind_since
  FROM (SELECT coalesce(sum(entries), 0)::bigint AS backlog, min(behind_since) AS behind_since FROM tideline.backlog) b
