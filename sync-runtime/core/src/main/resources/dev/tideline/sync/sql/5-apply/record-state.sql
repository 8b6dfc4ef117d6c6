-- Records the state of a mapping in a target, for the status and for the order of a roll call.
INSERT INTO tideline.target_state AS s
       (tenant, target, mapping_name, address, last_synced_sequence_id, definition, error, failures, retry_at, error_since)
SELECT v.tenant, v.target, v.mapping_name, v.address, v.last_synced_sequence_id, v.definition, v.error, v.failures,
       clock_timestamp() + v.retry, CASE WHEN v.error IS NOT NULL THEN clock_timestamp() END
  FROM (VALUES (CAST(? AS text), CAST(? AS text), CAST(? AS text), CAST(? AS text), CAST(? AS bigint), CAST(? AS text), CAST(? AS text),
                CAST(? AS integer), CAST(CAST(? AS text) AS interval)))
       AS v (tenant, target, mapping_name, address, last_synced_sequence_id, definition, error, failures, retry)
    ON CONFLICT (tenant, target, mapping_name) DO UPDATE
   SET address = EXCLUDED.address,
       last_synced_sequence_id = coalesce(EXCLUDED.last_synced_sequence_id, s.last_synced_sequence_id),
       definition = coalesce(EXCLUDED.definition, s.definition),
       error = EXCLUDED.error, error_since = CASE WHEN EXCLUDED.error IS NOT NULL THEN coalesce(s.error_since, EXCLUDED.error_since) END,
       failures = EXCLUDED.failures, retry_at = EXCLUDED.retry_at, copied_rows = 0,
       updated_at = clock_timestamp()
