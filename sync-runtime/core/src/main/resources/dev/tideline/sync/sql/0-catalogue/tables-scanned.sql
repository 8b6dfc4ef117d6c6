-- The tables in a plan (for a partition, its partitioned table), without those that a trigger of ours watches.
WITH scanned (oid) AS (
    SELECT DISTINCT pg_catalog.to_regclass(name)::oid FROM pg_catalog.unnest(CAST(? AS text[])) AS name
),
watched (oid) AS (
    SELECT pg_catalog.to_regclass(name)::oid FROM pg_catalog.unnest(CAST(? AS text[])) AS name
)
SELECT DISTINCT n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind, ARRAY[]::text[] AS columns
  FROM scanned s
  JOIN pg_catalog.pg_class c ON c.oid = coalesce(pg_catalog.pg_partition_root(s.oid), s.oid)
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND NOT EXISTS (SELECT 1 FROM watched w WHERE w.oid = s.oid)
   AND NOT EXISTS (SELECT 1 FROM watched w JOIN pg_catalog.pg_partition_ancestors(s.oid) p ON p.relid = w.oid)
 ORDER BY 1, 2
