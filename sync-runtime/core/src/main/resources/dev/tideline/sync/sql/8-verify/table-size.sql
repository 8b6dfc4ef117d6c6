-- The size of a table, so that a scan can be divided into ranges of pages. No row: not an ordinary table.
SELECT greatest(c.reltuples, 0)::bigint AS row_count,
       pg_catalog.pg_relation_size(c.oid) / pg_catalog.current_setting('block_size')::bigint AS page_count
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = {{schema}} AND c.relname = {{table}} AND c.relkind = 'r'
