UPDATE {{schema}}.tideline_sync_metadata SET copy_position = ?, copy_rows = copy_rows + ? WHERE mapping_name = ?
