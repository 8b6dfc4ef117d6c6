SELECT sequence_id FROM tideline.{{ledger}} WHERE tenant = ? AND sequence_id > ? AND sequence_id <= ? ORDER BY 1
