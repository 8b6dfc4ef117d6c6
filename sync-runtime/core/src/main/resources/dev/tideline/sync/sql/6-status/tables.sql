-- The totals of each captured table. The number of its rows is the planner's estimate; -1 before the first ANALYZE.
SELECT s.stream_id, s.kind, s.table_schema, s.table_name,
       coalesce((SELECT greatest(-1, sum(CASE WHEN c.relkind = 'p' THEN 0 ELSE c.reltuples END))::bigint
                   FROM pg_class c
                  WHERE c.oid = to_regclass(format('%I.%I', s.table_schema, s.table_name))
                     OR c.oid IN (SELECT inhrelid FROM pg_inherits
                                   WHERE inhparent = to_regclass(format('%I.%I', s.table_schema, s.table_name)))), -1) AS rows_estimate,
       coalesce(f.changes, 0) AS changes, coalesce(f.removed, 0) AS removed,
       greatest(0, coalesce(f.entries, 0) - coalesce(c.entries, 0)) AS entries,
       CASE WHEN coalesce(f.entries, 0) > coalesce(c.entries, 0)
            THEN coalesce(c.min_sequence_id, f.first_sequence_id) END AS min_sequence_id,
       CASE WHEN coalesce(f.entries, 0) > coalesce(c.entries, 0) THEN f.last_sequence_id END AS max_sequence_id
  FROM tideline.stream s
  LEFT JOIN tideline.sequenced_figures f ON f.stream_id = s.stream_id
  LEFT JOIN tideline.collected_figures c ON c.stream_id = s.stream_id
 ORDER BY s.table_schema, s.table_name, s.stream_id
