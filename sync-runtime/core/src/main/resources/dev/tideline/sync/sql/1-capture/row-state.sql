-- Recent changes with their sequence ids; unchanged rows with id 0. Whether a row is deleted is read from the table,
-- not from the ledger. The newest of several entries of a key counts. A function, since a view would depend on the
-- table and keep its owner from dropping it or changing its columns. The planner inlines its query into that of the
-- view.
CREATE FUNCTION tideline.row_state_{{stream}}()
    RETURNS TABLE ("table" text, tenant text, key text, sequence_id bigint, deleted boolean, changed_at timestamptz)
    LANGUAGE sql STABLE AS $tideline$
SELECT CAST({{table}} AS text) AS "table", l.tenant, {{ledgerKey}} AS key, l.sequence_id,
       NOT EXISTS (SELECT 1 FROM {{root}} r WHERE {{join}} AND {{rootTenant}} = l.tenant) AS deleted, l.changed_at
  FROM (SELECT DISTINCT ON (tenant, {{keys}}) * FROM tideline.{{ledger}} ORDER BY tenant, {{keys}}, sequence_id DESC) l
UNION ALL
SELECT CAST({{table}} AS text), {{rootTenant}}, {{rootKey}}, CAST(0 AS bigint), false, CAST(NULL AS timestamptz)
  FROM {{root}} r
 WHERE {{tenantPresent}}
   AND NOT EXISTS (SELECT 1 FROM tideline.{{ledger}} l WHERE {{join}} AND l.tenant = {{rootTenant}})
$tideline$
