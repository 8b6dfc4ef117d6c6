-- Whether a partition has rows that no trigger saw, which is so after ATTACH. One that was made empty has none.
SELECT EXISTS (SELECT 1 FROM {{table}} r
                WHERE {{tenantPresent}}
                  AND NOT EXISTS (SELECT 1 FROM tideline.{{ledger}} l WHERE l.tenant = {{tenant}} AND {{join}}))
