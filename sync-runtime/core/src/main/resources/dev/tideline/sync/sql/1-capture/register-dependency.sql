-- Runs in the transaction that raises the layout's version. Locks the dependency's row.
INSERT INTO tideline.dependency (stream_id, root_stream, root_columns, root_types)
VALUES (?, ?, ?, ?)
    ON CONFLICT (stream_id, root_stream, root_columns) DO UPDATE
   SET root_types = EXCLUDED.root_types
RETURNING dependency_id
