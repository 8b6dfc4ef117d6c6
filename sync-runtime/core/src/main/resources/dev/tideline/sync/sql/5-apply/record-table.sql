-- Records which table has a mapping's rows, so that a table of the owner's is never mistaken for it. If the table was
-- created or changed under a mapping that counted as copied, its rows have to be copied again.
INSERT INTO {{schema}}.tideline_sync_metadata AS m (mapping_name, tenant, table_name) VALUES (?, ?, ?)
    ON CONFLICT (mapping_name) DO UPDATE
   SET table_name = EXCLUDED.table_name, definition = NULL, copy_definition = NULL, copy_sequence_id = NULL, copy_position = NULL,
       copy_rows = 0, copy_prune = false, updated_at = clock_timestamp()
 WHERE CAST(? AS boolean) OR m.table_name IS DISTINCT FROM EXCLUDED.table_name
