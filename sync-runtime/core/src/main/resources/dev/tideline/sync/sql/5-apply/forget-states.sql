-- Removes what was recorded about external databases that are no longer listed, and their parked rows. (If one comes
-- back, its own metadata says that rows were parked, and a copy finds them again.)
WITH listed AS (SELECT * FROM unnest(CAST(? AS text[]), CAST(? AS text[])) AS l (tenant, name)),
unparked AS (
    DELETE FROM tideline.parked p
     WHERE p.tenant = ANY (CAST(? AS text[]))
       AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.tenant = p.tenant AND listed.name = p.target)
)
DELETE FROM tideline.target_state s
 WHERE s.tenant = ANY (CAST(? AS text[]))
   AND NOT EXISTS (SELECT 1 FROM listed WHERE listed.tenant = s.tenant AND listed.name = s.target)
