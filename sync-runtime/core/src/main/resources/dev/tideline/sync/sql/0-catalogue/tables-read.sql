-- The tables, materialized views and foreign tables that a view reads, with the columns, through other views as well;
-- without those that a trigger of ours watches. Postgres does not know what a function reads.
WITH RECURSIVE rules (rule) AS (
    SELECT w.oid FROM pg_catalog.pg_rewrite w
     WHERE w.ev_class = CAST(? AS pg_catalog.regclass) AND w.ev_type = '1'
    UNION
    SELECT w.oid
      FROM rules r
      JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.rule
                                 AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
      JOIN pg_catalog.pg_class v ON v.oid = d.refobjid AND v.relkind = 'v'
      JOIN pg_catalog.pg_rewrite w ON w.ev_class = v.oid AND w.ev_type = '1'
),
watched (oid) AS (
    SELECT pg_catalog.to_regclass(name)::oid FROM pg_catalog.unnest(CAST(? AS text[])) AS name
)
SELECT n.nspname::text AS schema, c.relname::text AS name, c.relkind::text AS kind,
       array_remove(array_agg(DISTINCT a.attname::text ORDER BY a.attname::text), NULL) AS columns
  FROM rules r
  JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass AND d.objid = r.rule
                             AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass
  JOIN pg_catalog.pg_class c ON c.oid = d.refobjid AND c.relkind IN ('r', 'p', 'm', 'f')
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
 WHERE n.nspname NOT IN ('pg_catalog', 'information_schema')
   AND NOT EXISTS (SELECT 1 FROM watched w WHERE w.oid = c.oid)
   AND NOT EXISTS (SELECT 1 FROM watched w JOIN pg_catalog.pg_partition_ancestors(c.oid) p ON p.relid = w.oid)
 GROUP BY 1, 2, 3
 ORDER BY 1, 2
