-- Makes these mappings be copied and compared again. The cursor stays: a copy only ever moves it forward. A worker that
-- applies a batch meanwhile finds another definition than it knows, and rolls back.
UPDATE {{schema}}.tideline_sync_metadata
   SET definition = NULL, copy_definition = NULL, copy_sequence_id = NULL, copy_position = NULL, copy_rows = 0, copy_prune = false,
       updated_at = clock_timestamp()
 WHERE mapping_name = ANY (CAST(? AS text[]))
