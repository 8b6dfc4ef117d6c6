-- Makes the trigger functions write to another change table. It has the rights of its owner, so that a runtime may
-- switch tables without being able to replace these functions, which run within every statement of the application.
-- Sessions call the new functions from their next statement on, and nobody waits. The streams are read under the lock
-- on the sequencer's row, so that a column that an install has just added to a stream is not removed again.
CREATE OR REPLACE FUNCTION tideline.turn_capture(next integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $tideline$
DECLARE
    definition text;
BEGIN
    IF next NOT BETWEEN 0 AND 2 THEN
        RAISE EXCEPTION 'there is no change table %', next USING ERRCODE = 'invalid_parameter_value';
    END IF;
    UPDATE tideline.sequencer SET change_table = next, rotated_at = pg_current_xact_id();
    FOR definition IN
        SELECT pg_get_functiondef(p.oid) FROM pg_proc p
         WHERE p.pronamespace = 'tideline'::regnamespace AND p.proname ~ '^tideline_[0-9]+_(new|changed|old|truncated)$'
    LOOP
        EXECUTE regexp_replace(
            definition,
            '^([[:blank:]]*(?:INSERT INTO |(?:may_append := |IF |IF NOT )pg_catalog[.](?:has_table_privilege|to_regclass)[(]'')tideline[.]change_)[0-9]',
            E'\\1' || next, 'gn');
    END LOOP;
END
$tideline$;
REVOKE ALL ON FUNCTION tideline.turn_capture(integer) FROM PUBLIC;
