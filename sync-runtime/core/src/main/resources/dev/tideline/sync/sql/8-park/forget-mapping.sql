-- A copy begins: it decides on every row anew.
DELETE FROM tideline.parked WHERE tenant = ? AND target = ? AND mapping_name = ?
