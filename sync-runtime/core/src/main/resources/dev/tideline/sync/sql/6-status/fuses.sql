-- Pauses of the stages, and of paused targets.
SELECT name, enabled, changed_at, changed_by, changed_from FROM tideline.fuse
 WHERE name IN ('sequencer', 'poller') OR NOT enabled
 ORDER BY name LIMIT 1000
