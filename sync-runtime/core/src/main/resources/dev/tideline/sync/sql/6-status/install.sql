SELECT l.installation::text, (SELECT coalesce(max(version::int), 0) FROM tideline.schema_history WHERE success) AS version
  FROM tideline.layout l
