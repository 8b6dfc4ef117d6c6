-- Columns of a target's table, besides the given ones, that need a value in an INSERT; none if the table has triggers,
-- which may set them. Locks nothing.
SELECT a.attname
  FROM pg_attribute a
 WHERE a.attrelid = CAST(? AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
   AND a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
   AND NOT a.attname = ANY (CAST(? AS text[]))
   AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = a.attrelid AND NOT t.tgisinternal)
 ORDER BY a.attnum
