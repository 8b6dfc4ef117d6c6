-- A table and all that inherit from it, at any depth. Partitions are left out: Postgres clones a parent's triggers to
-- them. Locks nothing. Ordered by name, which is the order in which every session locks the tables.
WITH RECURSIVE family AS (
    SELECT CAST(? AS regclass)::oid AS oid
    UNION
    SELECT i.inhrelid
      FROM pg_inherits i
      JOIN family f ON i.inhparent = f.oid
      JOIN pg_class p ON p.oid = i.inhparent
     WHERE p.relkind = 'r')
SELECT n.nspname, c.relname
  FROM family
  JOIN pg_class c USING (oid)
  JOIN pg_namespace n ON n.oid = c.relnamespace
 ORDER BY 1, 2
