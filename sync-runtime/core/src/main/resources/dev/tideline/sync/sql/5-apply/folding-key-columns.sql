-- Those of the given columns of a target's table whose collation considers different texts equal. Locks nothing.
SELECT a.attname
  FROM pg_attribute a JOIN pg_collation c ON c.oid = a.attcollation
 WHERE a.attrelid = CAST(? AS regclass) AND a.attname = ANY (CAST(? AS text[])) AND NOT c.collisdeterministic
 ORDER BY a.attnum
