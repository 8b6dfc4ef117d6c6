-- What may change or discard what is written to a table, by name.
SELECT 'trigger ' || pg_catalog.quote_ident(t.tgname) || ' on ' || CAST(t.tgrelid AS regclass) || ' (function ' || CAST(t.tgfoid AS regproc) || ')'
  FROM pg_catalog.pg_trigger t
 WHERE t.tgrelid IN (SELECT CAST(? AS regclass) UNION ALL SELECT relid FROM pg_catalog.pg_partition_tree(CAST(? AS regclass)))
   AND NOT t.tgisinternal AND t.tgenabled <> 'D'
UNION ALL
SELECT 'rule ' || pg_catalog.quote_ident(r.rulename) || ' on ' || CAST(r.ev_class AS regclass)
  FROM pg_catalog.pg_rewrite r
 WHERE r.ev_class IN (SELECT CAST(? AS regclass) UNION ALL SELECT relid FROM pg_catalog.pg_partition_tree(CAST(? AS regclass)))
   AND r.ev_enabled <> 'D'
 ORDER BY 1
