-- Columns of a target's table whose collation takes different texts for equal, among those named. Locks nothing.
SELECT a.attname
  FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation
 WHERE a.attrelid = CAST(? AS regclass) AND a.attname = ANY (CAST(? AS text[])) AND NOT c.collisdeterministic
 ORDER BY a.attnum
