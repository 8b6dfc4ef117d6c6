-- Compare-and-set, first in the transaction: a worker that was overtaken finds another cursor and rolls back, and two
-- at once queue here. It also finds no row if the mapped table is not what the batch's statements were made for; from
-- here on none of its types can change. Returns the cursor as stored, because a trigger of the owner's may have changed
-- it.
UPDATE {{schema}}.tideline_sync_metadata SET last_synced_sequence_id = ?, refused = 0, updated_at = clock_timestamp()
 WHERE mapping_name = ? AND last_synced_sequence_id = ? AND definition = ? AND copy_definition IS NULL AND {{asPlanned}}
RETURNING last_synced_sequence_id
