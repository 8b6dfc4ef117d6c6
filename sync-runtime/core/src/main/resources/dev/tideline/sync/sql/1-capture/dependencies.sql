-- Locks nothing.
SELECT dependency_id, stream_id, root_stream, root_columns, root_types
  FROM tideline.dependency
 ORDER BY dependency_id
