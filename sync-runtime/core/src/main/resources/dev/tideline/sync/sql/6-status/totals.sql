-- One that is paused counts as that, and neither as ok nor as failing.
WITH paused AS (
    SELECT regexp_replace(substr(name, 8), '/[^/]*$', '') AS tenant,
           replace(replace(regexp_replace(substr(name, 8), '^.*/', ''), '%2F', '/'), '%25', '%') AS target
      FROM tideline.fuse WHERE name LIKE 'target:%' AND NOT enabled
),
known AS (
    SELECT tenant, target, bool_or(failing) AS failing, bool_or(paused) AS paused
      FROM (SELECT tenant, target, error IS NOT NULL AS failing, false AS paused FROM tideline.target_state
            UNION ALL
            SELECT tenant, target, false, true FROM paused) both_
     WHERE CAST(? AS text) IS NULL OR tenant = ?
     GROUP BY tenant, target
)
SELECT count(*) AS targets, count(*) FILTER (WHERE NOT failing AND NOT paused) AS ok,
       count(*) FILTER (WHERE failing AND NOT paused) AS failing, count(*) FILTER (WHERE paused) AS paused,
       (SELECT count(*) FROM tideline.parked_row WHERE CAST(? AS text) IS NULL OR tenant = ?) AS parked
  FROM known
