-- Postgres 13 and some systems do not know the setting; neither is an error.
DO $$
BEGIN
    PERFORM pg_catalog.set_config('client_connection_check_interval', '2s', false);
EXCEPTION WHEN OTHERS THEN
    NULL;
END $$
