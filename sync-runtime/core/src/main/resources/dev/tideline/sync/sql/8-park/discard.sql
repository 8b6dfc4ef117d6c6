UPDATE tideline.parked SET discarded = true
 WHERE tenant = ? AND target = ? AND mapping_name = ? AND key_digest = tideline.key_digest(CAST(? AS text[])) AND NOT discarded
