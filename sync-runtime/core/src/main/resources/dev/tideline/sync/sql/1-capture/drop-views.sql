-- The views over all ledgers, and the functions below them.
DROP VIEW IF EXISTS tideline.deleted_row, tideline.row_state;
DO $$
DECLARE
    found regprocedure;
BEGIN
    FOR found IN SELECT p.oid FROM pg_proc p
                  WHERE p.pronamespace = 'tideline'::regnamespace AND p.proname LIKE 'row\_state\_%' LOOP
        EXECUTE 'DROP FUNCTION ' || found;
    END LOOP;
END
$$
