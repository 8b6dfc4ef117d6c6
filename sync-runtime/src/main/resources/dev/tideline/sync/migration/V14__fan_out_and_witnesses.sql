-- A fan-out whose row changes again goes on where it is, and runs once more from the start at its end. It used to begin
-- anew with each change, and never ended where they came faster than it did.
ALTER TABLE tideline.fan_out ADD again_at timestamptz; -- the first change that came since it began; NULL: none

-- Of a dependency stream: the columns that mappings read, beside those that are captured. An UPDATE that leaves all of them
-- as they are makes no row stale. NULL: any column may matter.
ALTER TABLE tideline.stream ADD compared text[];

-- For a sequencer that sleeps and must not be rung for: comes back as soon as it sees changes that were not in a snapshot, at
-- the latest after some seconds of patience, with the snapshot that it has looked up to. Here and not in the runtime: one
-- look costs 20 us this way, and a round trip 100. Most looks find that no transaction has ended.
CREATE FUNCTION tideline.await_changes(seen pg_snapshot, pause double precision, patience double precision,
                                       OUT here pg_snapshot, OUT changed boolean)
    LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    deadline timestamptz := clock_timestamp() + make_interval(secs => patience);
BEGIN
    changed := false;
    LOOP
        here := pg_current_snapshot();
        IF here::text <> seen::text THEN
            changed := EXISTS (SELECT 1 FROM tideline.new_changes(seen, here));
            EXIT WHEN changed;
            seen := here;
        END IF;
        EXIT WHEN clock_timestamp() >= deadline;
        PERFORM pg_sleep(pause);
    END LOOP;
END
$$;
