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
    elsewhere pg_catalog.text;
BEGIN
    -- Somebody renamed our schema, or dropped our table: the application goes on. Asking costs 0.25 us; catching the error would
    -- cost a transaction id for each row. Under the schema's other name, a change is left that has the table compared.
    IF pg_catalog.to_regclass('tideline.change_{{generation}}') IS NULL THEN
        SELECT pg_catalog.format('%I.change_{{generation}}', n.nspname) INTO elsewhere
          FROM pg_catalog.pg_trigger t
          JOIN pg_catalog.pg_proc p ON p.oid OPERATOR(pg_catalog.=) t.tgfoid
          JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) p.pronamespace
         WHERE t.tgrelid OPERATOR(pg_catalog.=) TG_RELID AND t.tgname OPERATOR(pg_catalog.=) TG_NAME;
        IF pg_catalog.to_regclass(elsewhere) IS NOT NULL THEN
            EXECUTE pg_catalog.format('INSERT INTO %s (stream, truncated, c1) VALUES ({{stream}}, true, %L)',
                                      elsewhere, 'schema tideline had another name for a while');
        END IF;
        RETURN NULL;
    END IF;
{{read}}    {{append}}
    IF pg_catalog.pg_sequence_last_value('tideline.doorbell')
       OPERATOR(pg_catalog.>) pg_catalog.date_part('epoch', pg_catalog.clock_timestamp()) THEN
        PERFORM pg_catalog.pg_notify('tideline_doorbell', '');
    END IF;
    RETURN NULL;
END
$tideline$;
