-- A backlog is sequenced in slices, so that fetching and applying begin while the rest is sequenced, and no pass is longer
-- than one slice or one transaction.
--
-- The snapshot of a pass between an earlier one and a later: everything that the later one sees of the transactions up to
-- the one whose change is the most-th new one. It is a snapshot like any other (what it sees is seen by the later one, and
-- what the earlier one saw is seen by it), so that the next pass goes on from it. The later one itself where less is new.
CREATE FUNCTION tideline.slice(earlier pg_snapshot, later pg_snapshot, most integer) RETURNS pg_snapshot
    LANGUAGE sql STABLE AS $$
    WITH cut AS (
        SELECT CAST(xid::text AS bigint) + 1 AS xmax
          FROM ((SELECT xid FROM tideline.change_0 WHERE xid >= pg_snapshot_xmax(earlier) ORDER BY xid LIMIT most)
                 UNION ALL
                (SELECT xid FROM tideline.change_1 WHERE xid >= pg_snapshot_xmax(earlier) ORDER BY xid LIMIT most)
                 UNION ALL
                (SELECT xid FROM tideline.change_2 WHERE xid >= pg_snapshot_xmax(earlier) ORDER BY xid LIMIT most)) c
         ORDER BY xid OFFSET most - 1 LIMIT 1
    ),
    still_open AS (
        SELECT CAST(x::text AS bigint) AS xid FROM pg_snapshot_xip(later) x
    )
    SELECT coalesce((
        SELECT CAST(concat_ws(':', coalesce(min(o.xid), c.xmax), c.xmax, coalesce(string_agg(o.xid::text, ',' ORDER BY o.xid), ''))
                    AS pg_snapshot)
          FROM cut c LEFT JOIN still_open o ON o.xid < c.xmax
         WHERE c.xmax < CAST(pg_snapshot_xmax(later)::text AS bigint)
         GROUP BY c.xmax), later)
$$;

-- As before, and bounded above: without it every slice reads all that is behind it (318 ms in looks for seven slices of
-- 100,000 changes).
CREATE OR REPLACE FUNCTION tideline.new_changes(earlier pg_snapshot, later pg_snapshot) RETURNS SETOF tideline.change_0
    LANGUAGE sql STABLE AS $$
    SELECT * FROM tideline.change_0 WHERE xid >= pg_snapshot_xmax(earlier) AND xid < pg_snapshot_xmax(later)
                                      AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_0 WHERE xid = ANY (ARRAY(SELECT pg_snapshot_xip(earlier)))
                                      AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_1 WHERE xid >= pg_snapshot_xmax(earlier) AND xid < pg_snapshot_xmax(later)
                                      AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_1 WHERE xid = ANY (ARRAY(SELECT pg_snapshot_xip(earlier)))
                                      AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_2 WHERE xid >= pg_snapshot_xmax(earlier) AND xid < pg_snapshot_xmax(later)
                                      AND pg_visible_in_snapshot(xid, later)
    UNION ALL
    SELECT * FROM tideline.change_2 WHERE xid = ANY (ARRAY(SELECT pg_snapshot_xip(earlier)))
                                      AND pg_visible_in_snapshot(xid, later)
$$;

-- The end of a pass. Compare-and-set: a second sequencer that slipped past the advisory lock would find another snapshot
-- here and fail. A function that fails, so that the commit can go along in the same message.
CREATE FUNCTION tideline.advance(earlier text, later pg_snapshot) RETURNS void
    LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tideline.sequencer
       SET last_snapshot = later,
           last_sequence_id = (SELECT last_value FROM tideline.sequence_id),
           passed_at = clock_timestamp()
     WHERE last_snapshot::text = earlier;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'another sequencer was at work; this pass is void' USING ERRCODE = 'serialization_failure';
    END IF;
END
$$;

-- Ledgers are appended to, and of several entries of one key the newest counts.
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT c.relname FROM pg_class c JOIN tideline.stream s ON c.relname = 'ledger_' || s.stream_id
                  WHERE c.relnamespace = 'tideline'::regnamespace LOOP
        EXECUTE format('ALTER TABLE tideline.%1$I DROP CONSTRAINT %2$I, ADD PRIMARY KEY USING INDEX %3$I',
                       found.relname, found.relname || '_pkey', found.relname || '_sequence');
    END LOOP;
END
$$;

-- Up to where a ledger holds no superseded entries.
ALTER TABLE tideline.stream ADD COLUMN compacted_up_to bigint NOT NULL DEFAULT 0;
