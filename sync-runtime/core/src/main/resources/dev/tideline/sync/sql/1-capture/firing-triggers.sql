-- How many of a stream's triggers stand on a table and fire whatever the session's role. Locks nothing.
SELECT count(*)
  FROM pg_trigger
 WHERE tgrelid = CAST(? AS regclass) AND tgname LIKE ? AND tgenabled = 'A'
