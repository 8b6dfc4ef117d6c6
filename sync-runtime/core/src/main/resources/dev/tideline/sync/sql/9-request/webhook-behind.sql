-- When the first change was captured that lies behind a webhook's cursor; no row where none does.
SELECT changed_at FROM tideline.{{ledger}} WHERE sequence_id > ? ORDER BY sequence_id LIMIT 1
