-- What was known of external databases that are listed no more.
DELETE FROM tideline.target_state s
 WHERE s.tenant = ANY (CAST(? AS text[]))
   AND NOT EXISTS (SELECT 1 FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS listed (tenant, name)
                    WHERE listed.tenant = s.tenant AND listed.name = s.target)
