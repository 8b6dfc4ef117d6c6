-- A pass that only went on with a fan-out: ids were given, and the snapshot stays.
UPDATE tideline.sequencer
   SET last_sequence_id = (SELECT last_value FROM tideline.sequence_id),
       passed_at = clock_timestamp()
 WHERE last_sequence_id = (SELECT max(last_sequence_id) FROM tideline.sequencer)
