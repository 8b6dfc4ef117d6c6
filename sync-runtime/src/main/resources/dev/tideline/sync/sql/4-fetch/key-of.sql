-- No row: it changed again meanwhile.
SELECT {{keys}} FROM tideline.{{ledger}} WHERE tenant = ? AND sequence_id = ?
