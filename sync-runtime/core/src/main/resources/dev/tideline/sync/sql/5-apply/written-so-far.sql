-- How many rows of our tables the transaction has written, whoever wrote them; only two such counts of one transaction say
-- something together. Tables that the source's foreign keys write to as well are left out. NULL where they cannot be counted.
WITH ours AS (
    SELECT m.root, p.oid
      FROM (SELECT DISTINCT CAST(pg_catalog.to_regclass(name) AS oid) AS root FROM pg_catalog.unnest(CAST(? AS text[])) AS name) m
     CROSS JOIN LATERAL (SELECT m.root UNION SELECT t.relid FROM pg_catalog.pg_partition_tree(m.root) t) p (oid)
     WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.pg_constraint c
                        WHERE c.conrelid IN (m.root, p.oid) AND c.contype = 'f'
                          AND (c.confdeltype IN ('c', 'n', 'd') OR c.confupdtype IN ('c', 'n', 'd')))
)
SELECT CASE WHEN CAST(pg_catalog.current_setting('track_counts') AS boolean)
                 AND bool_or(root = pg_catalog.to_regclass(?))
            THEN CAST(sum(pg_catalog.pg_stat_get_xact_tuples_inserted(oid) + pg_catalog.pg_stat_get_xact_tuples_updated(oid)
                     + pg_catalog.pg_stat_get_xact_tuples_deleted(oid)) AS bigint) END
  FROM ours
