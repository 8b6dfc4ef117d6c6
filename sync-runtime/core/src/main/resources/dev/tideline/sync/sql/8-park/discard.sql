UPDATE tideline.parked SET discarded = true
 WHERE tenant = ? AND target = ? AND mapping_name = ? AND key = CAST(? AS text[]) AND NOT discarded
