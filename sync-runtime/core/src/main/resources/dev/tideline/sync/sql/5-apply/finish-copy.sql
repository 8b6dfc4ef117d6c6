-- The copy is complete: from here on the cursor moves. It never moves back, even if the copy began behind it.
UPDATE {{schema}}.tideline_sync_metadata
   SET definition = copy_definition, last_synced_sequence_id = greatest(last_synced_sequence_id, copy_sequence_id),
       copy_definition = NULL, copy_sequence_id = NULL, copy_position = NULL, copy_rows = 0, copy_prune = false,
       updated_at = clock_timestamp()
 WHERE mapping_name = ? AND copy_definition = ? AND copy_sequence_id = ?
