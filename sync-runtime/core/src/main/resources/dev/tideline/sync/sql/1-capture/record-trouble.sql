-- Changes of a stream are not captured. What it stood on before is kept, so that it is known when that is there again.
INSERT INTO tideline.capture_watch AS w (stream_id, trouble, trouble_since) VALUES (?, ?, clock_timestamp())
    ON CONFLICT (stream_id) DO UPDATE
   SET trouble = EXCLUDED.trouble, trouble_since = coalesce(w.trouble_since, EXCLUDED.trouble_since)
