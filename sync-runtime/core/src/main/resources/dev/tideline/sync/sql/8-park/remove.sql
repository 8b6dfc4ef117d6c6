-- Applied by a separate try; kept if it was parked again in the meantime.
DELETE FROM tideline.parked
 WHERE tenant = ? AND target = ? AND mapping_name = ? AND key_digest = tideline.key_digest(CAST(? AS text[])) AND sequence_id = ?
