-- Which columns a change must affect to count; NULL is any. Locks the stream's row if they differ.
UPDATE tideline.stream s
   SET compared = n.compared
  FROM (SELECT CAST(? AS text[]) AS compared) n
 WHERE s.stream_id = ? AND s.compared IS DISTINCT FROM n.compared
