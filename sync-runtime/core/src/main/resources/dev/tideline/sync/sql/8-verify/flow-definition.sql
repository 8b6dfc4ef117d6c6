-- The current definition of a target's rows, in the form that its metadata uses.
SELECT m.definition || '/' || s.incarnation || '/' || s.epoch
  FROM tideline.mapping m JOIN tideline.stream s ON s.stream_id = m.stream_id
 WHERE m.name = {{mapping}}
