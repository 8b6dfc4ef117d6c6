-- How the capture of each stream stands, as the sequencer found it when it last looked.
SELECT stream_id, trouble, trouble_since, compared_because, compared_at FROM tideline.capture_watch
