-- What a target's rows should be made with, in the words of its metadata.
SELECT m.definition || '/' || s.incarnation || '/' || s.epoch
  FROM tideline.mapping m JOIN tideline.stream s ON s.stream_id = m.stream_id
 WHERE m.name = {{mapping}}
