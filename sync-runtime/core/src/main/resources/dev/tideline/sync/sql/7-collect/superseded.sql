-- Removes entries whose key has a newer one: every reader behind a cursor reaches that one, too. Locks nothing that
-- anybody waits for, since entries are never changed.
WITH newest AS MATERIALIZED (
    SELECT tenant, {{keys}}, max(sequence_id) AS sequence_id FROM tideline.{{ledger}} GROUP BY tenant, {{keys}} HAVING count(*) > 1
)
DELETE FROM tideline.{{ledger}} l USING newest n WHERE l.tenant = n.tenant AND {{match}} AND l.sequence_id < n.sequence_id
