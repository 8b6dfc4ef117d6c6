SELECT (SELECT greatest(-1, sum(CASE WHEN c.relkind = 'p' THEN 0 ELSE c.reltuples END))::bigint
          FROM pg_class c
         WHERE c.oid IN (SELECT CAST({{table}} AS regclass) UNION ALL
                         SELECT inhrelid FROM pg_inherits WHERE inhparent = CAST({{table}} AS regclass))) AS rows_estimate,
       count(*) AS changed_rows, min(sequence_id) AS min_id, max(sequence_id) AS max_id
  FROM tideline.{{ledger}} WHERE CAST(? AS text) IS NULL OR tenant = ?
