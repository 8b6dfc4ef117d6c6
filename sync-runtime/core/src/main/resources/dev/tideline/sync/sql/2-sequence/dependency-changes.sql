-- The root rows that a changed row of another table makes stale: at most {{limit}} of them for each changed value. If
-- there are more, fan_out remembers how far this pass came, and later passes continue from there. Root rows that start
-- to match afterwards have changed themselves, and are captured as such. A value with an unfinished fan-out is left to
-- that: it continues where it is and runs once more at its end, so that a value that keeps changing cannot keep it from
-- ending.
WITH stale AS (
    SELECT {{castSlots}}, max(captured_at) AS changed_at
      FROM tideline.new_changes(CAST(? AS pg_snapshot), CAST(? AS pg_snapshot)) c
     WHERE c.stream = {{stream}} AND NOT c.truncated AND {{slotsPresent}}
     GROUP BY {{groupBy}}
),
under_way AS (
    UPDATE tideline.fan_out f SET again_at = coalesce(f.again_at, s.changed_at)
      FROM stale s
     WHERE f.dependency_id = {{dependency}} AND f.values = CAST(ARRAY[{{staleText}}] AS text[])
    RETURNING f.values
),
hit AS (
    SELECT {{hitSlots}}, s.changed_at, r.*
      FROM stale s
     CROSS JOIN LATERAL (
        SELECT {{rootTenant}} AS tenant, {{rootKeys}} FROM {{root}} r
         WHERE {{join}} AND {{rootTenantPresent}}
         ORDER BY {{rootKeyOrder}} LIMIT {{limit}}
     ) r
     WHERE NOT EXISTS (SELECT 1 FROM under_way u WHERE u.values = CAST(ARRAY[{{staleText}}] AS text[]))
),
remaining AS (
    INSERT INTO tideline.fan_out (dependency_id, values, position, changed_at)
    SELECT {{dependency}}, CAST(e.changed AS text[]), e.position, e.changed_at
      FROM (SELECT DISTINCT ON ({{dependencySlots}}) ARRAY[{{dependencyText}}] AS changed, ARRAY[{{keysText}}] AS position,
                   changed_at, count(*) OVER (PARTITION BY {{dependencySlots}}) AS rows
              FROM hit ORDER BY {{dependencySlots}}, {{keysDescending}}) e
     WHERE e.rows >= {{limit}}
),
latest AS (
    SELECT tenant, {{ledgerKeys}}, max(changed_at) AS changed_at FROM hit GROUP BY tenant, {{keys}}
),
{{append}}
