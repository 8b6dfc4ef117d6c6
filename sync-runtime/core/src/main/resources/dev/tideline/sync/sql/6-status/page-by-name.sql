-- A page of the targets that a runtime has reported on, or that somebody paused before one could, behind one of them. Both arms
-- are sorted, so that the key of target_state is walked from there to the end of the page, and no further (of 10,000 targets:
-- 43 ms when they were sorted as a whole, up to 8 when it was walked from its beginning, 0.3 this way).
SELECT DISTINCT tenant, target
  FROM ((SELECT s.tenant, s.target FROM tideline.target_state s
          WHERE (s.tenant, s.target) > (CAST(? AS text), CAST(? AS text)) ORDER BY 1, 2)
        UNION ALL
        (SELECT p.tenant, p.target FROM tideline.paused_target p
          WHERE (p.tenant, p.target) > (CAST(? AS text), CAST(? AS text)) ORDER BY 1, 2)) known
 ORDER BY tenant, target LIMIT ? OFFSET ?
