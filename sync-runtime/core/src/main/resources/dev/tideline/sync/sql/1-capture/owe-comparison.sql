-- A pass left out changes of a stream: the next check makes its table be compared. Runs in the pass's transaction, and
-- writes one row between two checks, however many passes there are.
INSERT INTO tideline.capture_watch AS w (stream_id, owed) VALUES (?, ?)
    ON CONFLICT (stream_id) DO UPDATE SET owed = EXCLUDED.owed WHERE w.owed IS NULL
