-- Applied by a try of its own; unless it was parked anew meanwhile.
DELETE FROM tideline.parked
 WHERE tenant = ? AND target = ? AND mapping_name = ? AND key_digest = tideline.key_digest(CAST(? AS text[])) AND sequence_id = ?
