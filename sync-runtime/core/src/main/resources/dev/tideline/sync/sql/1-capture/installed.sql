-- The version of the installed layout and of the schema. Locks nothing.
SELECT l.version, (SELECT coalesce(max(h.version::int), 0) FROM tideline.schema_history h WHERE h.success) AS schema_version
  FROM tideline.layout l
