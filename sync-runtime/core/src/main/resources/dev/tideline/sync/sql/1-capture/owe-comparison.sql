-- A pass left changes of a stream out: the next look has its table compared. In the pass's transaction, and a row of its own
-- once between two looks, however many passes there are.
INSERT INTO tideline.capture_watch AS w (stream_id, owed) VALUES (?, ?)
    ON CONFLICT (stream_id) DO UPDATE SET owed = EXCLUDED.owed WHERE w.owed IS NULL
