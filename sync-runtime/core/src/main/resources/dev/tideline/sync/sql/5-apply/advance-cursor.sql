-- Compare-and-set, first in the transaction: a worker that was overtaken finds another cursor and rolls back, and two
-- at once queue here.
UPDATE {{schema}}.tideline_sync_metadata SET last_synced_sequence_id = ?, refused = 0, updated_at = clock_timestamp()
 WHERE mapping_name = ? AND last_synced_sequence_id = ? AND definition = ? AND copy_definition IS NULL
