-- When the first change behind a webhook's cursor was captured; no row if there is none.
SELECT changed_at FROM tideline.{{ledger}} WHERE sequence_id > ? ORDER BY sequence_id LIMIT 1
