-- How many of a stream's triggers a table has that fire whatever the session's role.
SELECT count(*)
  FROM pg_trigger
 WHERE tgrelid = CAST(? AS regclass) AND tgname LIKE ? AND tgenabled = 'A'
