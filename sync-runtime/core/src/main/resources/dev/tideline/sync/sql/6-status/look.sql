-- The input of the history; each part is only as large as what is in progress.
SELECT clock_timestamp() AS at, (SELECT coalesce(sum(changes), 0)::bigint FROM tideline.sequenced_figures) AS changes,
       r.waiting, b.backlog, b.behind_since, r.oldest
  FROM (SELECT coalesce(sum(entries), 0)::bigint AS backlog, min(behind_since) AS behind_since FROM tideline.backlog) b,
       (SELECT count(*) AS waiting, min(enqueued_at) AS oldest
          FROM (SELECT enqueued_at FROM tideline.outgoing_request WHERE NOT dead LIMIT 100000) w) r
