-- Committed before the target's cursor passes the row. A row that was parked before has one more try.
INSERT INTO tideline.parked AS p (tenant, target, mapping_name, key, key_digest, sequence_id, error, sql_state)
SELECT ?, ?, ?, k.key, tideline.key_digest(k.key), ?, ?, ? FROM (SELECT CAST(? AS text[]) AS key) k
    ON CONFLICT (tenant, target, mapping_name, key_digest) DO UPDATE
   SET sequence_id = EXCLUDED.sequence_id, error = EXCLUDED.error, sql_state = EXCLUDED.sql_state,
       tries = CASE WHEN p.sequence_id = EXCLUDED.sequence_id THEN p.tries ELSE 0 END + 1,
       discarded = p.discarded AND p.sequence_id = EXCLUDED.sequence_id, tried_at = clock_timestamp()
