-- What lies behind a cursor: exact up to ? entries, and when the first of them was captured.
SELECT count(*) AS entries, min(changed_at) AS since
  FROM (SELECT changed_at FROM tideline.{{ledger}} WHERE tenant = ? AND sequence_id > ? ORDER BY sequence_id LIMIT ?) b
