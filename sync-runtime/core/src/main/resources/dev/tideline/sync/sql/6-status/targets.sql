-- A page of the targets that a runtime has reported on, or that somebody paused before one could; the row of mapping ''
-- concerns the target as a whole.
WITH paused AS (
    SELECT regexp_replace(substr(name, 8), '/[^/]*$', '') AS tenant,
           replace(replace(regexp_replace(substr(name, 8), '^.*/', ''), '%2F', '/'), '%25', '%') AS target
      FROM tideline.fuse WHERE name LIKE 'target:%' AND NOT enabled
),
page AS (
    SELECT tenant, target FROM tideline.target_state WHERE CAST(? AS text) IS NULL OR tenant = ?
    UNION
    SELECT tenant, target FROM paused WHERE CAST(? AS text) IS NULL OR tenant = ?
     ORDER BY tenant, target LIMIT ? OFFSET ?
)
SELECT p.tenant, p.target, coalesce(s.mapping_name, '') AS mapping_name, s.address, s.last_synced_sequence_id,
       coalesce(s.copied_rows, 0) AS copied_rows, s.error, coalesce(s.failures, 0) AS failures, s.retry_at, s.updated_at,
       (SELECT count(*) FROM tideline.parked_row r
         WHERE r.tenant = s.tenant AND r.target = s.target AND r.mapping_name = s.mapping_name) AS parked,
       EXISTS (SELECT 1 FROM paused x WHERE x.tenant = p.tenant AND x.target = p.target) AS paused
  FROM page p LEFT JOIN tideline.target_state s ON s.tenant = p.tenant AND s.target = p.target
 ORDER BY p.tenant, p.target, mapping_name
