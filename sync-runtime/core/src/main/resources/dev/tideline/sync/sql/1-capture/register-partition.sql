-- Locks the row of the partition; no row if it is known already.
INSERT INTO tideline.partition (stream_id, relation)
VALUES (?, CAST(? AS oid))
    ON CONFLICT DO NOTHING
