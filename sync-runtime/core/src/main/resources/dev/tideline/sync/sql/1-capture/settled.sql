-- Whether every transaction that was open when the change tables rotated has ended, and the sequencer has seen them
-- all. Locks nothing. The newest version of the sequencer's row comes first.
SELECT pg_snapshot_xmin(pg_current_snapshot()) > rotated_at AND pg_snapshot_xmin(last_snapshot) > rotated_at
  FROM (SELECT * FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1) s
