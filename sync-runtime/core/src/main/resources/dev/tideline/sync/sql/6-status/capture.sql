-- The capture of each stream, as the sequencer last found it.
SELECT stream_id, trouble, trouble_since, compared_because, compared_at FROM tideline.capture_watch
