-- What a session's statements for a table depend on: types and kinds of the mapped columns, and whether anything of the
-- owner's may change or discard what is written: triggers and rules of the table or of a partition, and foreign keys
-- that cascade.
(SELECT pg_catalog.concat_ws(' ',
       (SELECT pg_catalog.string_agg(pg_catalog.concat_ws(':', a.attname, a.atttypid, a.atttypmod, a.attgenerated, a.attidentity), ',' ORDER BY a.attnum)
          FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = f.root AND a.attnum > 0 AND NOT a.attisdropped AND a.attname::text = ANY ({{names}})),
       (SELECT pg_catalog.string_agg(k.oid::text, ',' ORDER BY k.oid) FROM pg_catalog.pg_constraint k
         WHERE k.conrelid = ANY (f.family) AND k.contype = 'f' AND (k.confdeltype IN ('c', 'n', 'd') OR k.confupdtype IN ('c', 'n', 'd'))),
       EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t WHERE t.tgrelid = ANY (f.family) AND NOT t.tgisinternal AND t.tgenabled <> 'D')
       OR EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite r WHERE r.ev_class = ANY (f.family) AND r.ev_enabled <> 'D'))
  FROM (SELECT CAST({{table}} AS regclass) AS root,
               CAST({{table}} AS regclass)::oid || ARRAY(SELECT relid::oid FROM pg_catalog.pg_partition_tree({{table}})) AS family) f)
