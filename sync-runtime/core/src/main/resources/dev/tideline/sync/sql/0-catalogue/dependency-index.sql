-- Whether a table is large and has no index that finds rows by these columns, that is, one that starts with them.
SELECT (SELECT sum(pg_catalog.pg_relation_size(c.oid)) FROM (
            SELECT w.oid UNION SELECT p.relid FROM pg_catalog.pg_partition_tree(w.oid) p) c(oid)) > 1048576
       AND NOT EXISTS (
           SELECT 1 FROM pg_catalog.pg_index i
            WHERE i.indrelid = w.oid AND i.indisvalid AND i.indpred IS NULL
              AND NOT EXISTS (
                  SELECT 1 FROM pg_catalog.unnest(i.indkey::pg_catalog.int2[]) WITH ORDINALITY k(attnum, position)
                    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = w.oid AND a.attnum = k.attnum
                   WHERE k.position <= least(i.indnkeyatts, pg_catalog.cardinality(w.columns))
                     AND (a.attname IS NULL OR a.attname::text <> ALL (w.columns))))
  FROM (SELECT CAST(? AS text[]) AS columns, CAST(? AS pg_catalog.regclass)::oid AS oid) w
