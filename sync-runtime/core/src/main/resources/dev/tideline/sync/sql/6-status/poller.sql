-- Counts the first requests, up to ?.
SELECT count(*) AS total,
       count(*) FILTER (WHERE NOT dead AND lease_until IS NULL) AS pending,
       count(*) FILTER (WHERE NOT dead AND lease_until >= clock_timestamp()) AS in_flight,
       count(*) FILTER (WHERE NOT dead AND lease_until < clock_timestamp()) AS stale,
       count(*) FILTER (WHERE dead) AS dead,
       min(enqueued_at) FILTER (WHERE NOT dead) AS oldest, max(enqueued_at) FILTER (WHERE NOT dead) AS newest
  FROM (SELECT dead, lease_until, enqueued_at FROM tideline.outgoing_request LIMIT ?) r
