-- What the triggers of one stream call. They append and never read or lock a row of ours; all names are qualified and
-- nothing is looked up through the caller's search path, for they run with the rights of their owner.
-- The bell is rung only while the sequencer sleeps: a NOTIFY on every commit would make commits wait for each other.
CREATE OR REPLACE FUNCTION tideline.{{name}}_new() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER {{settings}} AS $tideline$
BEGIN
    INSERT INTO tideline.change_{{generation}} (stream, {{slots}}) VALUES ({{stream}}, {{newValues}});
    IF (SELECT last_value FROM tideline.doorbell) OPERATOR(pg_catalog.=) 2 THEN
        PERFORM pg_catalog.pg_notify('tideline_doorbell', '');
    END IF;
    RETURN NULL;
END
$tideline$;
CREATE OR REPLACE FUNCTION tideline.{{name}}_old() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER {{settings}} AS $tideline$
BEGIN
    INSERT INTO tideline.change_{{generation}} (stream, {{slots}}) VALUES ({{stream}}, {{oldValues}});
    IF (SELECT last_value FROM tideline.doorbell) OPERATOR(pg_catalog.=) 2 THEN
        PERFORM pg_catalog.pg_notify('tideline_doorbell', '');
    END IF;
    RETURN NULL;
END
$tideline$;
CREATE OR REPLACE FUNCTION tideline.{{name}}_truncated() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER {{settings}} AS $tideline$
BEGIN
    INSERT INTO tideline.change_{{generation}} (stream, truncated) VALUES ({{stream}}, true);
    IF (SELECT last_value FROM tideline.doorbell) OPERATOR(pg_catalog.=) 2 THEN
        PERFORM pg_catalog.pg_notify('tideline_doorbell', '');
    END IF;
    RETURN NULL;
END
$tideline$;
