SELECT count(*) FROM tideline.parked WHERE tenant = ? AND target = ? AND mapping_name = ?
