-- Every relation that a user could have meant, to suggest the nearest name. Bounded, since a catalogue can hold a
-- million.
SELECT n.nspname::text AS schema, c.relname::text AS name
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
   AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'tideline')
   AND n.nspname NOT LIKE 'pg\_%'
 ORDER BY 1, 2
 LIMIT 20000
