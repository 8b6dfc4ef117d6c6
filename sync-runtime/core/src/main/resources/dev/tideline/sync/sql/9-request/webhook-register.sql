-- A new webhook receives changes from here on; a known one continues where it is.
INSERT INTO tideline.webhook (webhook_id, mapping_name, sequence_id, stream)
SELECT ?, m.name, (SELECT max(last_sequence_id) FROM tideline.sequencer), s.incarnation || '/' || s.epoch
  FROM tideline.mapping m JOIN tideline.stream s ON s.stream_id = m.stream_id WHERE m.name = ?
    ON CONFLICT (webhook_id) DO NOTHING
