-- While somebody's transaction is open, neither vacuum nor an index lets go of any version of a row that was replaced
-- since it began. Rows of ours that are written with every pass had thousands of them after minutes, and whoever looked
-- for the newest walked over all the others. So that one is found from the newest end.

-- What is installed does not change with passes, and is asked for by every worker.
CREATE TABLE tideline.layout (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    version   bigint  NOT NULL -- raised by install: runtimes hold their configuration against what is installed once more
);
INSERT INTO tideline.layout (version) SELECT layout_version FROM tideline.sequencer;
ALTER TABLE tideline.sequencer DROP COLUMN layout_version;

-- One row still. Its former key was the same for all its versions. It needs one: should the owner publish all tables,
-- Postgres refuses to update a table that has none.
ALTER TABLE tideline.sequencer DROP CONSTRAINT sequencer_pkey, ADD PRIMARY KEY (last_sequence_id);

-- As before, but for how the row is found.
CREATE OR REPLACE FUNCTION tideline.advance(earlier text, later pg_snapshot) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tideline.sequencer
       SET last_snapshot = later,
           last_sequence_id = (SELECT last_value FROM tideline.sequence_id),
           passed_at = clock_timestamp()
     WHERE last_sequence_id = (SELECT max(last_sequence_id) FROM tideline.sequencer) AND last_snapshot::text = earlier;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another sequencer was at work; this pass is void' USING ERRCODE = 'serialization_failure';
    END IF;
END
$$;

-- Part of the key by which waiting requests for one tenant are told to be the same. It goes up when many were made, so
-- that the next one is compared with those of its own time. A request from before and one from after may wait side by
-- side; the second finds nothing to do.
CREATE SEQUENCE tideline.request_generation;
DO $$ BEGIN PERFORM nextval('tideline.request_generation'); END $$; -- the first call would leave it as it is

DROP INDEX tideline.outgoing_request_in_flight;
CREATE INDEX outgoing_request_in_flight ON tideline.outgoing_request (flow_key, request_id) WHERE lease_until IS NOT NULL;
