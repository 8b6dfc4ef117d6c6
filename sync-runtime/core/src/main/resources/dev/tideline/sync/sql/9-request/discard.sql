-- Removes dead letters. NULL stands for all.
DELETE FROM tideline.http_request WHERE dead AND (CAST(? AS text[]) IS NULL OR request_id = ANY (CAST(CAST(? AS text[]) AS bigint[])))
