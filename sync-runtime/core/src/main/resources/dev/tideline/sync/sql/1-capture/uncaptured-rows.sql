-- Whether a partition has rows that no trigger saw, as after ATTACH. A partition that was created as such has none.
SELECT EXISTS (SELECT 1 FROM {{table}} r
                WHERE {{tenantPresent}}
                  AND NOT EXISTS (SELECT 1 FROM tideline.{{ledger}} l WHERE l.tenant = {{tenant}} AND {{join}}))
