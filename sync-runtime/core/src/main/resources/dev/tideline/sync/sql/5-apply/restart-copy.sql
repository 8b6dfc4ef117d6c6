-- A copy that was complete but turned out to have a key twice starts again, in a table that has its key from the start.
UPDATE {{schema}}.tideline_sync_metadata SET copy_position = NULL, copy_rows = 0, updated_at = clock_timestamp()
 WHERE mapping_name = ?
