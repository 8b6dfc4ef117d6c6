-- Records that changes of a stream are not captured. Its former state is kept, to recognize when it is restored.
INSERT INTO tideline.capture_watch AS w (stream_id, trouble, trouble_since) VALUES (?, ?, clock_timestamp())
    ON CONFLICT (stream_id) DO UPDATE
   SET trouble = EXCLUDED.trouble, trouble_since = coalesce(w.trouble_since, EXCLUDED.trouble_since)
