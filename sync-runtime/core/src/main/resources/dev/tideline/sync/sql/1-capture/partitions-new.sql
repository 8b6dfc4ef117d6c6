-- Partitions of captured tables that are not known yet, or have lost our trigger, and whether rows may have come or
-- gone unseen: if the trigger was lost, or if the partition was a separate table before, in which case its system
-- columns are older than its attachment to the parent. (CREATE TABLE ... PARTITION OF makes both at once.)
SELECT s.stream_id, s.kind, n.nspname, c.relname, c.oid,
       p.relation IS NOT NULL
       OR (SELECT a.xmin <> i.xmin FROM pg_inherits i JOIN pg_attribute a ON a.attrelid = i.inhrelid AND a.attnum = -1
            WHERE i.inhrelid = c.oid) AS unseen
  FROM tideline.stream s
  JOIN pg_namespace rn ON rn.nspname = s.table_schema
  JOIN pg_class root ON root.relnamespace = rn.oid AND root.relname = s.table_name AND root.relkind = 'p'
 CROSS JOIN LATERAL pg_partition_tree(root.oid) t
  JOIN pg_class c ON c.oid = t.relid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN tideline.partition p ON p.stream_id = s.stream_id AND p.relation = c.oid
 WHERE t.level > 0
   AND (p.relation IS NULL
        OR NOT EXISTS (SELECT 1 FROM pg_trigger g
                        WHERE g.tgrelid = c.oid AND g.tgname = 'tideline_' || s.stream_id || '_truncate' AND g.tgenabled = 'A'))
 ORDER BY 1, 3, 4
