-- A stream that is registered again, with other types, gets another incarnation, so its targets are copied again. Locks the
-- stream's row.
INSERT INTO tideline.stream (kind, table_schema, table_name, columns, types, tenant_columns, text_keys)
VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (kind, table_schema, table_name, columns, tenant_columns) DO UPDATE
   SET types = EXCLUDED.types, text_keys = EXCLUDED.text_keys, incarnation = gen_random_uuid()
RETURNING stream_id, incarnation
