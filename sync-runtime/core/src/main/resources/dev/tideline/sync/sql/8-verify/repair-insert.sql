INSERT INTO {{target}} ({{written}}) OVERRIDING SYSTEM VALUE
SELECT {{stagedColumns}} FROM pg_temp.tideline_repair s
 WHERE NOT EXISTS (SELECT 1 FROM {{target}} r WHERE {{onKey}})
    ON CONFLICT DO NOTHING
