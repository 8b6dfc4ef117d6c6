-- Runs in the transaction that raises the layout's version. Locks the mapping's row.
INSERT INTO tideline.mapping (name, stream_id, definition, details)
VALUES (?, ?, ?, CAST(? AS jsonb))
    ON CONFLICT (name) DO UPDATE
   SET stream_id = EXCLUDED.stream_id, definition = EXCLUDED.definition, details = EXCLUDED.details
