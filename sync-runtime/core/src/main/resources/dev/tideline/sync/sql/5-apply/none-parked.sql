-- Records that no row is parked any more, unless somebody has moved the cursor since that was found.
UPDATE {{schema}}.tideline_sync_metadata SET parked = false, refused = 0
 WHERE mapping_name = ? AND last_synced_sequence_id = ? AND copy_definition IS NULL
