-- Whether ids that a target has were given by this source: KNOWN; LOST: between two terms, where it never gave any; AHEAD:
-- above all that it has given, which the next term will say more of.
SELECT CASE WHEN EXISTS (SELECT FROM unnest(seen.ids) id JOIN tideline.term t ON id > t.former_id AND id < t.first_id
                          WHERE NOT t.answered) THEN 'LOST'
            WHEN EXISTS (SELECT FROM unnest(seen.ids) id, tideline.sequencer s WHERE id > s.last_sequence_id) THEN 'AHEAD'
            ELSE 'KNOWN' END
  FROM (SELECT CAST(CAST(? AS text[]) AS bigint[]) AS ids) seen
