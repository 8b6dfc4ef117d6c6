-- A parked row that has changed since, up to the cursor, was applied with that change: if it had been refused again, it
-- would have been parked with the new id.
DELETE FROM tideline.parked p
 WHERE p.tenant = ? AND p.target = ? AND p.mapping_name = ?
   AND EXISTS (SELECT 1 FROM tideline.{{ledger}} l
                WHERE l.tenant = p.tenant AND {{match}} AND l.sequence_id > p.sequence_id AND l.sequence_id <= ?)
