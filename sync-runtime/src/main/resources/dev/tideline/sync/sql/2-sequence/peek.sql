-- What is new, by stream, and the two snapshots that say so. One statement, so that the counts and "later" belong
-- together. No row: nothing to do.
SELECT s.last_snapshot::text AS earlier, now_.later::text AS later, c.stream, bool_or(c.truncated) AS truncated, count(*) AS changes
  FROM tideline.sequencer s
 CROSS JOIN (SELECT pg_current_snapshot() AS later) now_
 CROSS JOIN LATERAL tideline.new_changes(s.last_snapshot, now_.later) c
 GROUP BY 1, 2, 3
 ORDER BY 3
