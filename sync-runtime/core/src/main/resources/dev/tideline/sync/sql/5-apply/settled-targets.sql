-- The targets that had everything when they were last worked with: each of these mappings as it is made now, no error and no parked row.
-- Those that were worked with last come first.
SELECT s.tenant, s.target, s.address
  FROM tideline.target_state s
  LEFT JOIN unnest(CAST(? AS text[]), CAST(? AS text[])) AS m (name, definition) ON m.name = s.mapping_name
 GROUP BY s.tenant, s.target, s.address
HAVING count(*) FILTER (WHERE s.definition = m.definition AND s.error IS NULL) = ?
   AND NOT bool_or(s.mapping_name = '' AND s.error IS NOT NULL)
   AND NOT EXISTS (SELECT FROM tideline.parked p WHERE p.tenant = s.tenant AND p.target = s.target)
 ORDER BY max(s.updated_at) DESC
