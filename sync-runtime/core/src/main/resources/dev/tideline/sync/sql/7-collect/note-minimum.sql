-- The lowest id left in a ledger, after it was read: the first entry of each tenant, one tenant after another.
WITH RECURSIVE first AS (
    (SELECT l.tenant, l.sequence_id FROM tideline.{{ledger}} l ORDER BY l.tenant, l.sequence_id LIMIT 1)
     UNION ALL
    SELECT n.tenant, n.sequence_id FROM first f CROSS JOIN LATERAL (
        SELECT l.tenant, l.sequence_id FROM tideline.{{ledger}} l
         WHERE l.tenant > f.tenant ORDER BY l.tenant, l.sequence_id LIMIT 1) n
)
INSERT INTO tideline.collected_figures AS c (stream_id, min_sequence_id) VALUES ({{stream}}, (SELECT min(sequence_id) FROM first))
    ON CONFLICT (stream_id) DO UPDATE SET min_sequence_id = EXCLUDED.min_sequence_id
