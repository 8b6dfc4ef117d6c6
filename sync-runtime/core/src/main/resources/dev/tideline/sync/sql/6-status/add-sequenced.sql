-- Adds what passes of this runtime have sequenced of one stream since the last call; nothing if the stream is gone.
INSERT INTO tideline.sequenced_figures AS f (stream_id, changes, removed, entries, first_sequence_id, last_sequence_id)
SELECT s.stream_id, v.changes, v.removed, v.entries, v.last_id - v.entries + 1, v.last_id
  FROM (SELECT CAST(? AS integer) AS stream_id, CAST(? AS bigint) AS changes, CAST(? AS bigint) AS removed,
               CAST(? AS bigint) AS entries, CAST(? AS bigint) AS last_id) v
  JOIN tideline.stream s ON s.stream_id = v.stream_id
    ON CONFLICT (stream_id) DO UPDATE
   SET changes = f.changes + EXCLUDED.changes, removed = f.removed + EXCLUDED.removed, entries = f.entries + EXCLUDED.entries,
       first_sequence_id = coalesce(f.first_sequence_id, EXCLUDED.first_sequence_id),
       last_sequence_id = greatest(f.last_sequence_id, EXCLUDED.last_sequence_id)
