-- A source that was restored to an older state is noticed by the targets' cursors: some of their ids were given in what the
-- source has no more.
--
-- A term begins whenever a sequencer gets the right to sequence. It leaps from the last id of the former term to the clock's
-- microseconds, which is above every id that was ever given. So no id of this source's lies between the two, and a cursor
-- that does was given in another history, between the state that was restored and the restore.
CREATE TABLE tideline.term (
    former_id bigint      NOT NULL, -- the last id before the term
    first_id  bigint      PRIMARY KEY, -- the term's ids lie above it
    begun_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    answered  boolean     NOT NULL DEFAULT false -- a cursor was found between the two, and all mappings are compared for it
);

-- Has every mapping of every target compared with the source. An epoch that no lost history can have had: counted on, it
-- could be one that targets already have.
CREATE FUNCTION tideline.compare_everything() RETURNS void
    LANGUAGE sql AS $$
    UPDATE tideline.stream
       SET epoch = greatest(epoch + 1, CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint))
$$;

-- Begins a term. Called by whoever has the right to sequence, before its first pass. Returns whether the source was dumped
-- and restored into another cluster, whose transaction ids do not go on from the former one's: then nothing is known of what
-- was captured and not sequenced, and what is captured from here on would count as seen.
CREATE FUNCTION tideline.begin_term() RETURNS boolean
    LANGUAGE plpgsql AS $$
DECLARE
    here   pg_snapshot := pg_current_snapshot();
    former tideline.sequencer;
    leap   bigint;
BEGIN
    SELECT * INTO STRICT former FROM tideline.sequencer FOR UPDATE;
    leap := setval('tideline.sequence_id', greatest((SELECT last_value FROM tideline.sequence_id),
                                                    CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS bigint)));
    INSERT INTO tideline.term (former_id, first_id) VALUES (former.last_sequence_id, leap) ON CONFLICT DO NOTHING;
    DELETE FROM tideline.term
     WHERE first_id <= (SELECT first_id FROM tideline.term ORDER BY first_id DESC OFFSET 1000 LIMIT 1);
    UPDATE tideline.sequencer SET last_sequence_id = leap;
    IF pg_snapshot_xmax(former.last_snapshot) <= pg_snapshot_xmax(here) THEN
        RETURN false;
    END IF;
    UPDATE tideline.sequencer SET last_snapshot = here, rotated_at = pg_current_xact_id();
    DELETE FROM tideline.change_0 WHERE xid >= pg_snapshot_xmax(here);
    DELETE FROM tideline.change_1 WHERE xid >= pg_snapshot_xmax(here);
    DELETE FROM tideline.change_2 WHERE xid >= pg_snapshot_xmax(here);
    PERFORM tideline.compare_everything();
    RETURN true;
END
$$;
