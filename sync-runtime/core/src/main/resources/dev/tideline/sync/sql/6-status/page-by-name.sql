-- A page of the targets that a runtime has reported on, or that somebody paused before one could.
WITH wanted AS (SELECT CAST(? AS text) AS tenant),
paused AS (
    SELECT tenant, target FROM tideline.paused_target
)
SELECT s.tenant, s.target FROM tideline.target_state s, wanted w WHERE w.tenant IS NULL OR s.tenant = w.tenant
UNION
SELECT p.tenant, p.target FROM paused p, wanted w WHERE w.tenant IS NULL OR p.tenant = w.tenant
 ORDER BY tenant, target LIMIT ? OFFSET ?
