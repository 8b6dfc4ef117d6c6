UPDATE {{schema}}.tideline_sync_metadata SET copy_position = ?, copy_rows = copy_rows + ?, refused = 0 WHERE mapping_name = ?
