-- Up to which time all that was committed has its sequence id. Targets write down the same of what has arrived.
ALTER TABLE tideline.sequencer ADD complete_through timestamptz; -- NULL: no pass has said so yet
-- Where nothing is captured yet, no change waits, and rows are read later than now.
UPDATE tideline.sequencer SET complete_through = clock_timestamp() WHERE NOT EXISTS (SELECT FROM tideline.stream);

-- As before, with that time; NULL where the pass leaves changes to later ones. It does not count while a
-- fan-out is under way, whose rows get their ids by and by. Runtimes of the version before do not give it.
DROP FUNCTION tideline.advance(text, pg_snapshot);
CREATE FUNCTION tideline.advance(earlier text, later pg_snapshot, complete timestamptz DEFAULT NULL) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tideline.sequencer
       SET last_snapshot = later,
           last_sequence_id = (SELECT last_value FROM tideline.sequence_id),
           passed_at = clock_timestamp(),
           complete_through = CASE WHEN EXISTS (SELECT FROM tideline.fan_out) THEN complete_through
                                   ELSE coalesce(complete, complete_through) END
     WHERE last_sequence_id = (SELECT max(last_sequence_id) FROM tideline.sequencer) AND last_snapshot::text = earlier;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another sequencer was at work; this pass is void' USING ERRCODE = 'serialization_failure';
    END IF;
END
$$;
