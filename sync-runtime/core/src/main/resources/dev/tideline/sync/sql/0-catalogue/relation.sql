-- One relation by its exact name, with what our role may do with it. Takes no lock on it.
SELECT c.oid,
       c.relkind::text                            AS kind,
       c.relpersistence::text                     AS persistence,
       EXISTS (SELECT 1 FROM pg_catalog.pg_class u
                WHERE u.relpersistence = 'u'
                  AND (u.oid = c.oid
                       OR u.oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(c.oid))
                       OR u.oid IN (SELECT inhrelid FROM pg_catalog.pg_inherits WHERE inhparent = c.oid))) AS unlogged,
       pg_catalog.pg_get_userbyid(c.relowner)::text AS owner,
       pg_catalog.has_schema_privilege(n.oid, 'USAGE') AS may_use_schema,
       pg_catalog.has_table_privilege(c.oid, 'SELECT') AS may_select,
       pg_catalog.pg_has_role(c.relowner, 'USAGE') AS is_ours,
       pg_catalog.row_security_active(c.oid)      AS rows_hidden
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'i', 'I', 'c', 't')
