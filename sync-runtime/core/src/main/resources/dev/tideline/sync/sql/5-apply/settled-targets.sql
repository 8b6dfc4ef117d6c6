-- The targets that were caught up when they were last synced: all of these mappings with their current definition, no
-- error and no parked row. The most recently synced come first.
SELECT s.tenant, s.target, s.address
  FROM tideline.target_state s
  LEFT JOIN unnest(CAST(? AS text[]), CAST(? AS text[])) AS m (name, definition) ON m.name = s.mapping_name
 GROUP BY s.tenant, s.target, s.address
HAVING count(*) FILTER (WHERE s.definition = m.definition AND s.error IS NULL) = ?
   AND NOT bool_or(s.mapping_name = '' AND s.error IS NOT NULL)
   AND NOT EXISTS (SELECT FROM tideline.parked p WHERE p.tenant = s.tenant AND p.target = s.target)
 ORDER BY max(s.updated_at) DESC
