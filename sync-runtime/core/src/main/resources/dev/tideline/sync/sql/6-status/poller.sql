SELECT coalesce((SELECT enabled FROM tideline.fuse WHERE name = 'poller'), true) AS enabled,
       count(*) FILTER (WHERE NOT dead AND lease_until IS NULL) AS pending,
       count(*) FILTER (WHERE NOT dead AND lease_until >= clock_timestamp()) AS in_flight,
       count(*) FILTER (WHERE NOT dead AND lease_until < clock_timestamp()) AS stale,
       count(*) FILTER (WHERE dead) AS dead,
       CAST(extract(epoch FROM clock_timestamp()
            - min(enqueued_at) FILTER (WHERE NOT dead AND lease_until IS NULL)) AS double precision) AS oldest
  FROM tideline.outgoing_request
