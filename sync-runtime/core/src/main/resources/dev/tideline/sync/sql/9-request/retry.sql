-- Makes dead letters be tried again, as often as a new request, with the same webhook-id. NULL stands for all.
UPDATE tideline.http_request SET dead = false, attempts = 0, not_before = clock_timestamp()
 WHERE dead AND (CAST(? AS text[]) IS NULL OR request_id = ANY (CAST(CAST(? AS text[]) AS bigint[])))
