-- An estimate of the changes that no pass has seen: the tables are only appended to, so all pages from the first such
-- change on are full of them.
WITH s AS (SELECT last_snapshot FROM tideline.sequencer ORDER BY last_sequence_id DESC LIMIT 1),
sample AS (
SELECT 'tideline.change_0'::regclass AS relation, c.ctid AS tid, pg_column_size(c.*) AS size
  FROM s CROSS JOIN LATERAL (SELECT ctid, * FROM tideline.change_0 WHERE xid >= pg_snapshot_xmax(s.last_snapshot)
                              ORDER BY xid LIMIT 100) c
UNION ALL
SELECT 'tideline.change_1'::regclass AS relation, c.ctid AS tid, pg_column_size(c.*) AS size
  FROM s CROSS JOIN LATERAL (SELECT ctid, * FROM tideline.change_1 WHERE xid >= pg_snapshot_xmax(s.last_snapshot)
                              ORDER BY xid LIMIT 100) c
UNION ALL
SELECT 'tideline.change_2'::regclass AS relation, c.ctid AS tid, pg_column_size(c.*) AS size
  FROM s CROSS JOIN LATERAL (SELECT ctid, * FROM tideline.change_2 WHERE xid >= pg_snapshot_xmax(s.last_snapshot)
                              ORDER BY xid LIMIT 100) c
)
SELECT coalesce(sum((pages - first_page) * rows_per_page), 0)::bigint AS changes
  FROM (SELECT pg_relation_size(relation) / current_setting('block_size')::bigint AS pages,
               min((tid::text::point)[0])::bigint AS first_page,
               (current_setting('block_size')::bigint - 24) / (avg(size) + 4) AS rows_per_page
          FROM sample GROUP BY relation) t
