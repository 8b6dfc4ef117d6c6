-- Records the outcomes of tries. Delivered: the request is done. Otherwise it waits for its next try, or is a dead
-- letter. Only the newest claim of a request may end it.
WITH ended AS (
    SELECT * FROM unnest(CAST(? AS bigint[]), CAST(? AS bigint[]), CAST(? AS bigint[]), CAST(? AS integer[]), CAST(? AS text[]),
                         CAST(? AS bigint[]), CAST(? AS boolean[]))
               AS e (request_id, fence, duration_ms, status, error, retry_ms, dead)
),
delivered AS (
    DELETE FROM tideline.http_request h USING ended e
     WHERE h.request_id = e.request_id AND h.fence = e.fence AND e.error IS NULL
    RETURNING h.request_id, h.message_id, h.sender, h.host, h.attempts, e.duration_ms, e.status, e.error, h.deduplication_key
),
replaced AS ( -- a dead letter that a newer state has overtaken; sent again, it would put the receiver back
    DELETE FROM tideline.http_request o USING delivered d
     WHERE o.dead AND o.deduplication_key = d.deduplication_key AND o.request_id < d.request_id
),
failed AS (
    UPDATE tideline.http_request h
       SET lease_until = NULL, claimed_by = NULL, last_error = e.error, dead = e.dead,
           not_before = clock_timestamp() + e.retry_ms * interval '1 millisecond'
      FROM ended e
     WHERE h.request_id = e.request_id AND h.fence = e.fence AND e.error IS NOT NULL
    RETURNING h.request_id, h.message_id, h.sender, h.host, h.attempts, e.duration_ms, e.status, e.error
)
INSERT INTO tideline.delivery_attempt (request_id, message_id, sender, host, attempt, duration_ms, status, error)
SELECT request_id, message_id, sender, host, attempts, duration_ms, status, error FROM delivered
 UNION ALL
SELECT request_id, message_id, sender, host, attempts, duration_ms, status, error FROM failed
