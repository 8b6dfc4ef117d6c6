-- Where the owner publishes all tables, Postgres refuses to update or delete rows of a table that has no replica identity.
-- The change tables have no key, and a sequencer that finds its source restored into another cluster deletes from them.
-- Inserts and TRUNCATE, which are all that they see otherwise, cost the same.
-- Writers are never held up: all three locks are had at once, or none, and asked for again.
DO $$
DECLARE
    change_table text;
    deadline     timestamptz := clock_timestamp() + interval '60 s';
BEGIN
    PERFORM set_config('lock_timeout', '100ms', true);
    LOOP
        BEGIN
            FOREACH change_table IN ARRAY ARRAY['change_0', 'change_1', 'change_2'] LOOP
                EXECUTE format('ALTER TABLE tideline.%I REPLICA IDENTITY FULL', change_table);
            END LOOP;
            EXIT;
        EXCEPTION WHEN lock_not_available THEN
            IF clock_timestamp() > deadline THEN
                RAISE EXCEPTION 'a transaction that wrote to a captured table has been open for a minute'
                      USING ERRCODE = 'lock_not_available', HINT = 'End it, or run "install" again later.';
            END IF;
            PERFORM pg_sleep(0.2);
        END;
    END LOOP;
    PERFORM set_config('lock_timeout', '0', true);
END
$$;
