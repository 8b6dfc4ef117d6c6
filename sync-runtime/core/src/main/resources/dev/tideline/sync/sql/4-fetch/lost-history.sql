-- Whether this source issued the ids of a target: KNOWN; LOST: they lie between two terms, where none were issued;
-- AHEAD: above all issued ids, so that the next term has to decide.
SELECT CASE WHEN EXISTS (SELECT FROM unnest(seen.ids) id JOIN tideline.term t ON id > t.former_id AND id < t.first_id
                          WHERE NOT t.answered) THEN 'LOST'
            WHEN EXISTS (SELECT FROM unnest(seen.ids) id, tideline.sequencer s WHERE id > s.last_sequence_id) THEN 'AHEAD'
            ELSE 'KNOWN' END
  FROM (SELECT CAST(CAST(? AS text[]) AS bigint[]) AS ids) seen
