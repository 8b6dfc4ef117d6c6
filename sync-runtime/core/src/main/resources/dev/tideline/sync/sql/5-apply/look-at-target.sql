-- The rights of a target's user; changes nothing.
SELECT current_setting('server_version'), current_setting('server_version_num')::integer / 10000,
       pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean,
       n.nspname, coalesce(has_schema_privilege(n.oid, 'USAGE'), false), coalesce(has_schema_privilege(n.oid, 'CREATE'), false),
       has_database_privilege(current_database(), 'TEMPORARY')
  FROM (SELECT 1) one LEFT JOIN pg_namespace n ON n.nspname = ?
