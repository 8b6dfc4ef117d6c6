-- Claims requests that are due, under a new fence, and drops those that a newer one of the same deduplication key
-- supersedes. For the holder of the claimants' lock, so that what others claimed is visible, and counts. Goes flow by
-- flow, each found by the index, so that many requests of one flow delay no other: of a flow that allows one at a time
-- only the first, until it is delivered or dead, so that its requests arrive in order. At any time at most one request
-- per deduplication key, and a limited number per host, are in flight. While the poller is paused only alerts are sent.
WITH RECURSIVE flow AS (
    (SELECT flow_key FROM tideline.http_request WHERE lease_until IS NULL AND NOT dead ORDER BY flow_key LIMIT 1)
     UNION ALL
    SELECT (SELECT h.flow_key FROM tideline.http_request h
             WHERE h.lease_until IS NULL AND NOT h.dead AND h.flow_key > f.flow_key ORDER BY h.flow_key LIMIT 1)
      FROM flow f WHERE f.flow_key IS NOT NULL
),
in_flight AS MATERIALIZED (
    SELECT flow_key, host, deduplication_key FROM tideline.http_request WHERE lease_until IS NOT NULL
),
room AS MATERIALIZED (
    SELECT f.flow_key, p.parallelism,
           greatest(0, p.parallelism - (SELECT count(*) FROM in_flight i WHERE i.flow_key = f.flow_key)) AS more
      FROM flow f CROSS JOIN LATERAL (
        SELECT h.parallelism FROM tideline.http_request h
         WHERE h.flow_key = f.flow_key AND h.lease_until IS NULL AND NOT h.dead ORDER BY h.request_id LIMIT 1) p
),
candidate AS MATERIALIZED (
    SELECT c.*, EXISTS (SELECT FROM tideline.http_request n
                         WHERE n.deduplication_key = c.deduplication_key AND n.request_id > c.request_id
                           AND n.lease_until IS NULL AND NOT n.dead) AS superseded
      FROM room r CROSS JOIN LATERAL (
        (SELECT h.request_id, h.host, h.not_before, h.deduplication_key, h.sender FROM tideline.http_request h
          WHERE r.parallelism = 1 AND h.flow_key = r.flow_key AND h.lease_until IS NULL AND NOT h.dead
          ORDER BY h.request_id LIMIT r.more)
         UNION ALL
        (SELECT h.request_id, h.host, h.not_before, h.deduplication_key, h.sender FROM tideline.http_request h
          WHERE r.parallelism > 1 AND h.flow_key = r.flow_key AND h.lease_until IS NULL AND NOT h.dead
            AND h.not_before <= clock_timestamp()
          ORDER BY h.not_before, h.request_id LIMIT r.more)) c
     WHERE c.not_before <= clock_timestamp() AND c.sender = ANY (CAST(? AS text[]))
       AND (c.sender LIKE 'alert:%' OR coalesce((SELECT enabled FROM tideline.fuse WHERE name = 'poller'), true))
),
allowed AS (
    SELECT c.request_id, c.not_before,
           row_number() OVER (PARTITION BY c.host ORDER BY c.not_before, c.request_id)
           + (SELECT count(*) FROM in_flight i WHERE i.host = c.host) AS at_host
      FROM candidate c
     WHERE NOT c.superseded
       AND NOT EXISTS (SELECT FROM in_flight i WHERE i.deduplication_key = c.deduplication_key)
),
dropped AS (
    -- Also one that waits for its next try: were it left, it would arrive behind the newer one.
    DELETE FROM tideline.http_request h USING candidate c
     WHERE h.lease_until IS NULL AND NOT h.dead
       AND (h.request_id = c.request_id AND c.superseded
            OR h.deduplication_key = c.deduplication_key AND h.request_id < c.request_id)
    RETURNING h.request_id
),
claimed AS (
    UPDATE tideline.http_request h
       SET lease_until = clock_timestamp() + CAST(CAST(? AS text) AS interval), claimed_by = ?, fence = h.fence + 1,
           attempts = h.attempts + 1
     WHERE h.request_id IN (SELECT request_id FROM allowed WHERE at_host <= ? ORDER BY not_before, request_id LIMIT ?)
    RETURNING h.request_id, h.fence, h.attempts, h.message_id, h.sender, h.url, h.body::text AS body, h.headers::text AS headers,
              h.traceparent
)
SELECT request_id, fence, attempts, message_id, sender, url, body, headers, traceparent, (SELECT count(*) FROM dropped) AS dropped FROM claimed
 UNION ALL
SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, count(*) FROM dropped HAVING count(*) > 0
