SELECT (SELECT greatest(-1, sum(CASE WHEN c.relkind = 'p' THEN 0 ELSE c.reltuples END))::bigint
          FROM pg_class c
         WHERE c.oid IN (SELECT to_regclass({{table}}) UNION ALL -- NULL where the table is gone
                         SELECT inhrelid FROM pg_inherits WHERE inhparent = to_regclass({{table}}))) AS rows_estimate,
       count(*) AS changed_rows, min(sequence_id) AS min_id, max(sequence_id) AS max_id
  FROM tideline.{{ledger}} WHERE CAST(? AS text) IS NULL OR tenant = ?
