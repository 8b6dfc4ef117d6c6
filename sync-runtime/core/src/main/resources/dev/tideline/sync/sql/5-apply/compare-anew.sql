-- The rows of the tables no longer count as copied: every mapping is compared with the source.
UPDATE {{schema}}.tideline_sync_metadata
   SET definition = NULL, copy_definition = NULL, copy_sequence_id = NULL, copy_position = NULL, copy_rows = 0, copy_prune = false,
       updated_at = clock_timestamp()
