-- Moves the cursor past rows that were all applied or parked. Compare-and-set, as for a batch.
UPDATE {{schema}}.tideline_sync_metadata
   SET last_synced_sequence_id = ?, parked = parked OR ?, refused = ?, updated_at = clock_timestamp()
 WHERE mapping_name = ? AND last_synced_sequence_id = ? AND definition = ? AND copy_definition IS NULL
