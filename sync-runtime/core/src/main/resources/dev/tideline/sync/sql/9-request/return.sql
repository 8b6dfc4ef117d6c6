-- Gives back claims that were not tried, because their owner ends.
UPDATE tideline.http_request SET lease_until = NULL, claimed_by = NULL, attempts = attempts - 1
 WHERE claimed_by = ? AND lease_until IS NOT NULL AND request_id = ANY (CAST(? AS bigint[]))
