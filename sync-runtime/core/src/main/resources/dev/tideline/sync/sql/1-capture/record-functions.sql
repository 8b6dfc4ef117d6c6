-- Records the functions of one stream that an install has created anew, and nothing else: whatever else has changed is
-- left to the next check.
UPDATE tideline.capture_watch
   SET standing = jsonb_set(standing, '{functions}', CAST(? AS jsonb) -> 'functions')
 WHERE stream_id = ? AND standing IS NOT NULL
