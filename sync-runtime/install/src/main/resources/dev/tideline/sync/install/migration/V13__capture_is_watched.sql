-- What the capture of each stream stands on, as it was when the sequencer last looked, and what it found amiss: tables,
-- columns, types and triggers can be changed by their owners without a single row being written.
CREATE TABLE tideline.capture_watch (
    stream_id        integer PRIMARY KEY REFERENCES tideline.stream ON DELETE CASCADE,
    standing         jsonb,       -- see 1-capture/standing.sql; left as it was while there is trouble
    trouble          text,        -- why changes are not captured; NULL: they are
    trouble_since    timestamptz,
    owed             text,        -- why the next look has the table compared: a pass left changes of it out
    compared_because text,        -- why every target was last compared with the table
    compared_at      timestamptz
);

-- A crash of the source empties unlogged tables, and this one with them. Its row is named in what an unlogged table of the
-- user's stands on, so that another row says that both were emptied.
CREATE UNLOGGED TABLE tideline.crash_canary (id uuid PRIMARY KEY);
INSERT INTO tideline.crash_canary VALUES (gen_random_uuid());

-- Whether a captured text can still be read as a type. Asked only of changes among which one could not be: a subtransaction
-- for each is what that costs.
CREATE FUNCTION tideline.reads_as(value text, type text) RETURNS boolean
    LANGUAGE plpgsql STABLE AS $$
BEGIN
    EXECUTE format('SELECT CAST($1 AS %s)', type) USING value;
    RETURN value IS NOT NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN false;
END
$$;

-- As before, but the views stay: they depend on no table of the user's any more.
CREATE OR REPLACE FUNCTION tideline.release(captured regclass) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    found record;
BEGIN
    FOR found IN
        WITH RECURSIVE family AS (
            SELECT captured::oid AS oid
             UNION
            SELECT i.inhrelid FROM pg_inherits i JOIN family f ON i.inhparent = f.oid)
        SELECT t.tgname, t.tgrelid::regclass AS relation
          FROM pg_trigger t
          JOIN family f ON f.oid = t.tgrelid
          JOIN pg_proc p ON p.oid = t.tgfoid
         WHERE p.pronamespace = 'tideline'::regnamespace AND t.tgparentid = 0 AND t.tgtype & 1 = 1 -- of rows, and not a partition's copy
    LOOP
        EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.relation);
    END LOOP;
END
$$;
DROP VIEW IF EXISTS tideline.deleted_row, tideline.row_state; -- install makes them anew, as functions below views
