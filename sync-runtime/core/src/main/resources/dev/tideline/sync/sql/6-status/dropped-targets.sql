-- Targets that were synced and are no longer listed. Locks nothing.
SELECT s.tenant, s.target, s.address
  FROM tideline.target_state s
 WHERE s.mapping_name = ''
   AND NOT EXISTS (
       SELECT 1
         FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS l (tenant, name)
        WHERE l.tenant = s.tenant AND l.name = s.target)
 ORDER BY 1, 2
