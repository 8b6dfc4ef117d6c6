-- Records the state on which the capture of a stream relies, as of this check. Dropped columns are remembered: a later
-- column of the same name is another one, whose values nobody has captured. So are functions and views.
INSERT INTO tideline.capture_watch AS w (stream_id, standing) VALUES (?, CAST(? AS jsonb))
    ON CONFLICT (stream_id) DO UPDATE
   SET standing = EXCLUDED.standing || jsonb_build_object(
                      'columns', coalesce(w.standing -> 'columns', '{}') || (EXCLUDED.standing -> 'columns'),
                      'code', coalesce(w.standing -> 'code', '{}') || (EXCLUDED.standing -> 'code')),
       trouble = NULL, trouble_since = NULL
