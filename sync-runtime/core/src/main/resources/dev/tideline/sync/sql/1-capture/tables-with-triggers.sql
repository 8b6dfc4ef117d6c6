-- The tables that have any trigger of a stream, without partitions, whose triggers are dropped with their parent's.
-- Locks nothing. Ordered by name, which is the order in which every session locks the tables.
SELECT DISTINCT n.nspname, c.relname
  FROM pg_trigger t
  JOIN pg_class c ON c.oid = t.tgrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_proc p ON p.oid = t.tgfoid
  JOIN pg_namespace pn ON pn.oid = p.pronamespace
 WHERE pn.nspname = 'tideline' AND NOT t.tgisinternal AND t.tgname LIKE ? AND NOT c.relispartition
 ORDER BY 1, 2
