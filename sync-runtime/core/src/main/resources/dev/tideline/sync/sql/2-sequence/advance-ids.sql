-- For a pass that only continued a fan-out: ids were issued, and the snapshot stays.
UPDATE tideline.sequencer
   SET last_sequence_id = (SELECT last_value FROM tideline.sequence_id),
       passed_at = clock_timestamp(),
       complete_through = CASE WHEN EXISTS (SELECT FROM tideline.fan_out) THEN complete_through
                               ELSE coalesce(CAST(? AS timestamptz), complete_through) END
 WHERE last_sequence_id = (SELECT max(last_sequence_id) FROM tideline.sequencer)
