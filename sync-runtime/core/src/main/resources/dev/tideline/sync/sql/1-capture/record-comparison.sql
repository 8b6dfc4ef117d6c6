-- Records why every target is compared with a stream's table; its epoch is raised in the same transaction.
INSERT INTO tideline.capture_watch AS w (stream_id, compared_because, compared_at) VALUES (?, ?, clock_timestamp())
    ON CONFLICT (stream_id) DO UPDATE
   SET owed = NULL, compared_because = EXCLUDED.compared_because, compared_at = EXCLUDED.compared_at
