-- Columns that the target's table computes: generated ones are never written, and identity columns only inserted.
SELECT attname, attgenerated <> '' AS generated
  FROM pg_catalog.pg_attribute
 WHERE attrelid = CAST({{table}} AS regclass) AND attnum > 0 AND (attgenerated <> '' OR attidentity = 'a')
