-- The names of a stream's triggers on one table. Locks nothing.
SELECT tgname
  FROM pg_trigger
 WHERE tgrelid = CAST(? AS regclass) AND tgname LIKE ? AND NOT tgisinternal
