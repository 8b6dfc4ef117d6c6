INSERT INTO {{target}} ({{columns}})
SELECT {{stagedColumns}} FROM pg_temp.tideline_repair s
 WHERE NOT EXISTS (SELECT 1 FROM {{target}} r WHERE {{onKey}})
    ON CONFLICT DO NOTHING
