SELECT count(*) AS rows FROM tideline.{{ledger}} WHERE tenant = ? AND sequence_id > ?
