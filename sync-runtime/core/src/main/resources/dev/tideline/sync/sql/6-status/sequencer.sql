SELECT coalesce((SELECT enabled FROM tideline.fuse WHERE name = 'sequencer'), true) AS enabled,
       EXISTS (SELECT 1 FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND objsubid = 1
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND (classid::bigint << 32 | objid::bigint) = ?) AS running,
       s.last_sequence_id, s.passed_at,
       (SELECT count(*) FROM tideline.new_changes(s.last_snapshot, now_.later)) AS pending,
       (SELECT count(*) FROM tideline.fan_out) AS fan_outs
  FROM tideline.sequencer s CROSS JOIN (SELECT pg_current_snapshot() AS later) now_
