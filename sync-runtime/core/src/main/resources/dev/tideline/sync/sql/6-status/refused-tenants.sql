-- Changes that were left out because their tenant ids are too long.
SELECT s.table_schema, s.table_name, r.beginning, r.bytes, r.changes, r.last_at
  FROM tideline.refused_tenant r JOIN tideline.stream s USING (stream_id)
 ORDER BY 1, 2, s.stream_id
