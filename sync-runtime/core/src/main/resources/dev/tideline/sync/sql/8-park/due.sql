-- Parked rows that are due: at once after the first try, because what they wait for may have come with the same run;
-- then after a pause that doubles with each try, up to an hour.
SELECT key, sequence_id, error, sql_state FROM tideline.parked
 WHERE tenant = ? AND target = ? AND mapping_name = ? AND NOT discarded
   AND tried_at + least((power(2, least(tries, 13) - 1) - 1) * interval '1 second', interval '1 hour') <= clock_timestamp()
 ORDER BY tried_at LIMIT ?
