-- Compare-and-set, first in the transaction, as for the cursor.
UPDATE {{schema}}.tideline_sync_metadata SET updated_at = clock_timestamp()
 WHERE mapping_name = ? AND copy_definition = ? AND copy_sequence_id = ? AND copy_position IS NOT DISTINCT FROM ? AND {{asPlanned}}
