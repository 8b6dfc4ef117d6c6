-- The latest uses of pauses, newest first. Locks nothing.
SELECT name, enabled, changed_at, changed_by, changed_from
  FROM tideline.fuse_change
 ORDER BY change_id DESC
 LIMIT ?
