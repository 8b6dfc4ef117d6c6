-- What the runtime knows of a mapping in a target, for the status and for the order of a roll call.
INSERT INTO tideline.target_state AS s
       (tenant, target, mapping_name, address, last_synced_sequence_id, definition, error, failures, retry_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp() + CAST(CAST(? AS text) AS interval))
    ON CONFLICT (tenant, target, mapping_name) DO UPDATE
   SET address = EXCLUDED.address,
       last_synced_sequence_id = coalesce(EXCLUDED.last_synced_sequence_id, s.last_synced_sequence_id),
       definition = coalesce(EXCLUDED.definition, s.definition),
       error = EXCLUDED.error, failures = EXCLUDED.failures, retry_at = EXCLUDED.retry_at, copied_rows = 0,
       updated_at = clock_timestamp()
