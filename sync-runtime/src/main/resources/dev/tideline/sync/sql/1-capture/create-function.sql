-- What triggers of one stream call. It appends and never reads or locks a row of ours; all names are qualified and
-- nothing is looked up through the caller's search path, for it runs with the rights of its owner.
-- The bell is rung only while the sequencer sleeps: a NOTIFY on every commit would make commits wait for each other.
CREATE OR REPLACE FUNCTION tideline.{{name}}() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER {{settings}} AS $tideline$
BEGIN
    INSERT INTO tideline.change_{{generation}} (stream, {{slots}}) VALUES ({{stream}}, {{values}});
    IF (SELECT last_value FROM tideline.doorbell) OPERATOR(pg_catalog.=) 2 THEN
        PERFORM pg_catalog.pg_notify('tideline_doorbell', '');
    END IF;
    RETURN NULL;
END
$tideline$;
