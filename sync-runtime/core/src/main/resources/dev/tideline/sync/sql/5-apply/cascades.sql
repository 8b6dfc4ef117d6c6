-- Foreign keys of a table, or of a partition, through which a change of a table outside all mappings deletes or changes
-- rows here.
SELECT 'foreign key ' || pg_catalog.quote_ident(c.conname) || ' to ' || CAST(c.confrelid AS regclass) || ' ('
       || pg_catalog.substring(pg_catalog.pg_get_constraintdef(c.oid), 'ON (?:UPDATE|DELETE).*$') || ')'
  FROM pg_catalog.pg_constraint c
 WHERE c.conrelid IN (SELECT CAST(? AS regclass) UNION ALL SELECT relid FROM pg_catalog.pg_partition_tree(CAST(? AS regclass)))
   AND c.contype = 'f' AND c.conparentid = 0 AND (c.confdeltype IN ('c', 'n', 'd') OR c.confupdtype IN ('c', 'n', 'd'))
   AND NOT EXISTS (SELECT 1 FROM pg_catalog.unnest(CAST(? AS text[])) AS mapped (name)
                    WHERE pg_catalog.to_regclass(mapped.name) = c.confrelid)
 ORDER BY 1
