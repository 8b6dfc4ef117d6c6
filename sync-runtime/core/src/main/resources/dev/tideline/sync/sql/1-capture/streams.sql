-- Read through jsonb, since the table of an earlier version has neither "compared" nor "text_keys", which install adds.
-- Locks nothing.
SELECT stream_id, incarnation, kind, table_schema, table_name, columns, types, tenant_columns,
       (SELECT array_agg(name) FROM jsonb_array_elements_text(nullif(to_jsonb(s) -> 'compared', 'null')) AS name),
       ARRAY(SELECT jsonb_array_elements_text(coalesce(to_jsonb(s) -> 'text_keys', '[]')))
  FROM tideline.stream s
 ORDER BY stream_id
