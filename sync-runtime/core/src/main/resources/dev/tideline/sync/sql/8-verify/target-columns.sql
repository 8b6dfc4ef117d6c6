-- The target table's columns with their types, in order. No row: there is no such table.
SELECT a.attname AS name, pg_catalog.format_type(a.atttypid, a.atttypmod) AS type
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
 WHERE n.nspname = {{schema}} AND c.relname = {{table}} AND a.attnum > 0 AND NOT a.attisdropped
 ORDER BY a.attnum
