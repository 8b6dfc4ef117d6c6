-- A fan-out whose row changes again goes on where it is, and runs once more from the start at its end. It used to begin
-- anew with each change, and never ended where they came faster than it did.
ALTER TABLE tideline.fan_out ADD again_at timestamptz; -- the first change that came since it began; NULL: none

-- Of a dependency stream: the columns that mappings read, beside those that are captured. An UPDATE that leaves all of them
-- as they are makes no row stale. NULL: any column may matter.
ALTER TABLE tideline.stream ADD compared text[];

-- For a sequencer that sleeps and must not be rung for: looks after each pause, and comes back when a transaction has ended
-- that was not over in a snapshot, at the latest after some seconds of patience. Tells whether there are changes, and the
-- snapshot that it has looked up to. Here and not in the runtime: one
-- look costs 20 us this way, and a round trip 100. Most looks find that no transaction has ended.
CREATE FUNCTION tideline.await_changes(seen pg_snapshot, pause double precision, patience double precision,
                                       OUT here pg_snapshot, OUT changed boolean)
    LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    deadline timestamptz := clock_timestamp() + make_interval(secs => patience);
BEGIN
    changed := false;
    LOOP
        PERFORM pg_sleep(pause);
        here := pg_current_snapshot();
        IF here::text <> seen::text THEN
            -- Whatever it finds: the locks that it takes must be free again, for change tables are truncated.
            changed := EXISTS (SELECT 1 FROM tideline.new_changes(seen, here));
            EXIT;
        END IF;
        EXIT WHEN clock_timestamp() >= deadline;
    END LOOP;
END
$$;

-- Which tenant's external database was the first to have ids that this source never gave, between the former term and this
-- one. An external database is its owner's, who may write anything into it; so one alone is compared alone.
ALTER TABLE tideline.term ADD witness text;

-- Writes down that a tenant's external database has such ids. Has everything compared once another tenant's has them, too,
-- and returns whether it did. All terms count as answered then, since whatever was lost before them is compared as well. Of
-- several at once, the others wait for the first.
CREATE FUNCTION tideline.lost_history_seen(tenant text, ids bigint[]) RETURNS boolean
    LANGUAGE plpgsql AS $$
BEGIN
    UPDATE tideline.term t SET witness = coalesce(t.witness, lost_history_seen.tenant)
     WHERE NOT t.answered AND EXISTS (SELECT FROM unnest(ids) id WHERE id > t.former_id AND id < t.first_id);
    IF NOT EXISTS (SELECT FROM tideline.term t JOIN unnest(ids) id ON id > t.former_id AND id < t.first_id
                    WHERE NOT t.answered AND t.witness <> lost_history_seen.tenant) THEN
        RETURN false;
    END IF;
    UPDATE tideline.term SET answered = true WHERE NOT answered;
    PERFORM tideline.compare_everything();
    RETURN true;
END
$$;
