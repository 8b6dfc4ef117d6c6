-- The relation of this name in a target, in words; no row if there is none. Locks nothing.
SELECT CASE relkind
           WHEN 'v' THEN 'a view' WHEN 'm' THEN 'a materialized view' WHEN 'f' THEN 'a foreign table' ELSE 'another object'
       END
  FROM pg_class
 WHERE oid = to_regclass(?)
