-- A part of a copy was written row by row: moves the copy's position behind it.
UPDATE {{schema}}.tideline_sync_metadata SET copy_position = ?, copy_rows = copy_rows + ?, parked = parked OR ?, refused = ?
 WHERE mapping_name = ?
