-- What was known of external databases that are listed no more, and what was parked for them. (Should one come back, its
-- own metadata says that rows were parked, and a copy finds them again.)
WITH listed AS (SELECT * FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS l (tenant, name)),
unparked AS (
    DELETE FROM tideline.parked p
     WHERE p.tenant = ANY (CAST(? AS text[]))
       AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.tenant = p.tenant AND listed.name = p.target)
)
DELETE FROM tideline.target_state s
 WHERE s.tenant = ANY (CAST(? AS text[]))
   AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.tenant = s.tenant AND listed.name = s.target)
