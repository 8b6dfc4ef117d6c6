-- Which of the optional columns the table of external databases has. Locks nothing.
SELECT attname
  FROM pg_attribute
 WHERE attrelid = CAST(? AS regclass) AND attname IN ('ca_certificate', 'mappings')
 ORDER BY attname
