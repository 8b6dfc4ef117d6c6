-- Postgres 13 does not know the setting, nor does every system, and neither is an error.
DO $$
BEGIN
    PERFORM pg_catalog.set_config('client_connection_check_interval', '2s', false);
EXCEPTION WHEN OTHERS THEN
    NULL;
END $$
