-- A copy begins, which decides on every row again.
DELETE FROM tideline.parked WHERE tenant = ? AND target = ? AND mapping_name = ?
