-- What the triggers of one stream call. It only appends, and never reads or locks a row of ours; all names are
-- qualified and nothing is looked up through the caller's search path, since it runs with the rights of its owner. It
-- rings the bell only until the time in the doorbell: a NOTIFY on every commit would make commits wait for each other,
-- so nobody rings while the sequencer works, nor for long after its process is gone. The doorbell is read by a
-- function, since a subquery costs the writer 3 us.
CREATE OR REPLACE FUNCTION tideline.{{name}}() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER {{settings}} AS $tideline$
DECLARE
    new_values pg_catalog.text[];
    old_values pg_catalog.text[];
    rings pg_catalog.bool;
    failure pg_catalog.text;
    may_append pg_catalog.bool;
BEGIN
    -- Whatever fails here stays here, and the application goes on: our schema has another name; a table of ours, the
    -- doorbell or our right to it is gone; a column of the row was renamed or dropped, or a cast of the user's raises.
    -- Nothing is written within the block, so it takes no transaction id of its own (decision 0156).
    BEGIN
        IF NOT pg_catalog.has_table_privilege('tideline.change_{{generation}}', 'INSERT') THEN
            RAISE insufficient_privilege;
        END IF;
        {{read}}
        rings := pg_catalog.pg_sequence_last_value('tideline.doorbell')
                     OPERATOR(pg_catalog.>) pg_catalog.date_part('epoch', pg_catalog.clock_timestamp())
                 AND pg_catalog.has_function_privilege('pg_catalog.pg_notify(pg_catalog.text, pg_catalog.text)', 'EXECUTE');
    EXCEPTION WHEN OTHERS THEN
        failure := SQLERRM;
    END;
    IF {{values}} IS NOT NULL THEN -- if it failed all the same, then because of the doorbell
        {{append}}
        IF rings THEN
            PERFORM pg_catalog.pg_notify('tideline_doorbell', '');
        END IF;
        RETURN NULL;
    END IF;
    BEGIN
        may_append := pg_catalog.has_table_privilege('tideline.change_{{generation}}', 'INSERT');
    EXCEPTION WHEN OTHERS THEN
        may_append := false;
    END;
    IF may_append THEN
        INSERT INTO tideline.change_{{generation}} (stream, truncated, c1) VALUES ({{stream}}, true, failure);
        RETURN NULL;
    END IF;
    -- The next check sees that a number was drawn, and has all tables compared. The sequence is found by the catalogue,
    -- whatever the schema is called, and drawing needs no right on the schema.
    BEGIN
        PERFORM pg_catalog.nextval(c.oid)
           FROM pg_catalog.pg_trigger t
           JOIN pg_catalog.pg_proc p ON p.oid OPERATOR(pg_catalog.=) t.tgfoid
           JOIN pg_catalog.pg_class c ON c.relnamespace OPERATOR(pg_catalog.=) p.pronamespace
                                     AND c.relname OPERATOR(pg_catalog.=) 'missed'
          WHERE t.tgrelid OPERATOR(pg_catalog.=) TG_RELID AND t.tgname OPERATOR(pg_catalog.=) TG_NAME;
    EXCEPTION WHEN OTHERS THEN
        NULL; -- no right to this one either: the check sees that the right was withdrawn
    END;
    RETURN NULL;
END
$tideline$;
