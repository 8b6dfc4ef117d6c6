-- One row each, all from stored figures.
SELECT EXISTS (SELECT 1 FROM pg_locks
                WHERE locktype = 'advisory' AND granted AND objsubid = 1
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND (classid::bigint << 32 | objid::bigint) = ?) AS running,
       s.last_sequence_id, s.passed_at,
       (SELECT count(*) FROM (SELECT 1 FROM tideline.fan_out LIMIT 10000) f) AS fan_outs, clock_timestamp() AS now
  FROM (SELECT * FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1) s
