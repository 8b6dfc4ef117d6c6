-- The next chunk of one unfinished fan-out. After the last chunk it is over, or starts again if its row has changed
-- meanwhile.
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
again AS (
    UPDATE tideline.fan_out f SET position = NULL, changed_at = f.again_at, again_at = NULL
     WHERE f.dependency_id = {{dependency}} AND f.values = CAST(? AS text[]) AND f.again_at IS NOT NULL
       AND (SELECT count(*) FROM hit) < {{limit}}
),
finished AS (
    DELETE FROM tideline.fan_out f
     WHERE f.dependency_id = {{dependency}} AND f.values = CAST(? AS text[]) AND f.again_at IS NULL
       AND (SELECT count(*) FROM hit) < {{limit}}
),
latest AS (
    SELECT tenant, {{ledgerKeys}}, max(changed_at) AS changed_at FROM hit GROUP BY tenant, {{keys}}
),
{{append}}
