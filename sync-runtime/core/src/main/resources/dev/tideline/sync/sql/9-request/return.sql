-- Gives claims back that were not tried: whoever has them ends.
UPDATE tideline.http_request SET lease_until = NULL, claimed_by = NULL, attempts = attempts - 1
 WHERE claimed_by = ? AND lease_until IS NOT NULL AND request_id = ANY (CAST(? AS bigint[]))
