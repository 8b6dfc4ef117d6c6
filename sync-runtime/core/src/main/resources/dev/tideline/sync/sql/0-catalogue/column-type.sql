-- The declared type of a column that a query returns unchanged: the protocol itself names only a domain's base type.
SELECT a.atttypid AS type, a.atttypmod AS modifier
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = ? AND c.relname = ? AND a.attname = ? AND a.attnum > 0
