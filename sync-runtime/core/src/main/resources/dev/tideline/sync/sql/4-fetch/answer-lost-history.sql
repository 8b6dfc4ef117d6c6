-- Has everything compared, for ids that this source never gave; once for each term that they lie before: of several runs
-- that find out at once, the others wait for the first and find that it is answered.
WITH found AS (
    UPDATE tideline.term t SET answered = true
     WHERE NOT t.answered
       AND EXISTS (SELECT FROM unnest(CAST(CAST(? AS text[]) AS bigint[])) id WHERE id > t.former_id AND id < t.first_id)
    RETURNING 1
)
SELECT tideline.compare_everything() FROM (SELECT FROM found LIMIT 1) f
