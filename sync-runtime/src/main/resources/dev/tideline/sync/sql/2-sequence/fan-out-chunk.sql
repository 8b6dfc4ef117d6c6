-- The next chunk of one unfinished fan-out.
WITH hit AS (
    SELECT {{rootTenant}} AS tenant, {{rootKeys}}, CAST(? AS timestamptz) AS changed_at
      FROM {{root}} r
     WHERE {{join}} AND {{rootTenantPresent}} AND {{after}}
     ORDER BY {{rootKeyOrder}} LIMIT {{limit}}
),
moved AS (
    UPDATE tideline.fan_out f SET position = e.position
      FROM (SELECT ARRAY[{{keysText}}] AS position, count(*) OVER () AS rows FROM hit ORDER BY {{keysDescending}} LIMIT 1) e
     WHERE f.dependency_id = {{dependency}} AND f.values = CAST(? AS text[]) AND e.rows >= {{limit}}
    RETURNING f.dependency_id
),
finished AS (
    DELETE FROM tideline.fan_out f
     WHERE f.dependency_id = {{dependency}} AND f.values = CAST(? AS text[])
       AND (SELECT count(*) FROM hit) < {{limit}}
),
latest AS (
    SELECT tenant, {{ledgerKeys}}, max(changed_at) AS changed_at FROM hit GROUP BY tenant, {{keys}}
),
{{append}}
