-- Known partitions that have been detached or dropped. A detached one keeps our TRUNCATE trigger.
SELECT p.stream_id, n.nspname, c.relname, p.relation
  FROM tideline.partition p
  LEFT JOIN pg_class c ON c.oid = p.relation
  LEFT JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT coalesce(c.relispartition, false)
 ORDER BY 1, 2, 3
