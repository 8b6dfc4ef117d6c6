-- Begins or restarts a copy. The cursor stays where it is until the copy is done.
INSERT INTO {{schema}}.tideline_sync_metadata AS m (mapping_name, tenant, copy_definition, copy_sequence_id, copy_prune)
VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (mapping_name) DO UPDATE
   SET copy_definition = EXCLUDED.copy_definition, copy_sequence_id = EXCLUDED.copy_sequence_id, copy_position = NULL,
       copy_rows = 0, copy_prune = EXCLUDED.copy_prune, parked = false, refused = 0, updated_at = clock_timestamp()
