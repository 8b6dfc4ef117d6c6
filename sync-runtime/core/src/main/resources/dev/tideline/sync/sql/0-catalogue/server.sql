-- Version and mode of the server, and our role's rights in it. Takes no locks.
SELECT current_setting('server_version_num')::int AS version_num,
       current_setting('server_version')          AS version,
       pg_catalog.pg_is_in_recovery()             AS standby,
       current_setting('default_transaction_read_only')::boolean AS read_only,
       current_user::text                         AS role,
       current_database()::text                   AS database,
       pg_catalog.has_database_privilege(current_database(), 'CREATE') AS may_create,
       pg_catalog.to_regnamespace('tideline') IS NOT NULL AS installed
