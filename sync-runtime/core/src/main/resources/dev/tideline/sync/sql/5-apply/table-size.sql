-- Size in bytes and estimated rows of a target's table; no row where there is none. -1 means never analyzed. Locks nothing.
SELECT pg_table_size(c.oid), greatest(-1, c.reltuples)::bigint
  FROM pg_class c
 WHERE c.oid = to_regclass(?) AND c.relkind IN ('r', 'p')
