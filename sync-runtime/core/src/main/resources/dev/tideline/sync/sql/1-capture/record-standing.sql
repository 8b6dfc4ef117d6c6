-- Capture of a stream stands as of this look. Columns that are gone are remembered: one of the same name that comes later is
-- another one, and what it holds was captured by nobody.
INSERT INTO tideline.capture_watch AS w (stream_id, standing) VALUES (?, CAST(? AS jsonb))
    ON CONFLICT (stream_id) DO UPDATE
   SET standing = EXCLUDED.standing || jsonb_build_object('columns',
                      coalesce(w.standing -> 'columns', '{}') || (EXCLUDED.standing -> 'columns')),
       trouble = NULL, trouble_since = NULL
