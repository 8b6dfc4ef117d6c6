-- Compare-and-set: a second sequencer that slipped past the advisory lock would find another snapshot here and fail.
UPDATE tideline.sequencer
   SET last_snapshot = CAST(? AS pg_snapshot),
       last_sequence_id = (SELECT last_value FROM tideline.sequence_id),
       passed_at = clock_timestamp()
 WHERE last_snapshot::text = ?
