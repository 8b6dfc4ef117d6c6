-- The root rows that a changed row of another table makes stale. At most {{limit}} of them for each changed value; where
-- there are more, fan_out remembers how far this pass came, and later passes go on from there. Root rows that come to
-- match afterwards were changed themselves, and are captured as such.
WITH stale AS (
    SELECT {{castSlots}}, max(captured_at) AS changed_at
      FROM tideline.new_changes(CAST(? AS pg_snapshot), CAST(? AS pg_snapshot)) c
     WHERE c.stream = {{stream}} AND NOT c.truncated AND {{slotsPresent}}
     GROUP BY {{groupBy}}
),
hit AS (
    SELECT {{hitSlots}}, s.changed_at, r.*
      FROM stale s
     CROSS JOIN LATERAL (
        SELECT {{rootTenant}} AS tenant, {{rootKeys}} FROM {{root}} r
         WHERE {{join}} AND {{rootTenantPresent}}
         ORDER BY {{rootKeyOrder}} LIMIT {{limit}}
     ) r
),
remaining AS (
    INSERT INTO tideline.fan_out AS f (dependency_id, values, position, changed_at)
    SELECT {{dependency}}, CAST(e.changed AS text[]), e.position, e.changed_at
      FROM (SELECT DISTINCT ON ({{dependencySlots}}) ARRAY[{{dependencyText}}] AS changed, ARRAY[{{keysText}}] AS position,
                   changed_at, count(*) OVER (PARTITION BY {{dependencySlots}}) AS rows
              FROM hit ORDER BY {{dependencySlots}}, {{keysDescending}}) e
     WHERE e.rows >= {{limit}}
        ON CONFLICT (dependency_id, values) DO UPDATE
       SET position = EXCLUDED.position, changed_at = EXCLUDED.changed_at
),
latest AS (
    SELECT tenant, {{ledgerKeys}}, max(changed_at) AS changed_at FROM hit GROUP BY tenant, {{keys}}
),
{{append}}
