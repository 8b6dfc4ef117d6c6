-- A table's columns with their types, named as under an empty search path, whatever the session's.
SELECT a.attname,
       CASE WHEN n.nspname <> 'pg_catalog' AND pg_catalog.pg_type_is_visible(t.oid) THEN pg_catalog.quote_ident(n.nspname) || '.' ELSE '' END
       || pg_catalog.format_type(a.atttypid, a.atttypmod)
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
 WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum
