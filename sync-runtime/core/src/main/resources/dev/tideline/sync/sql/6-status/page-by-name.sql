-- A page of the targets that a runtime has reported, or that somebody paused before one could, starting after a target.
-- Both arms are sorted, so that the key of target_state is read only from there to the end of the page (of 10,000
-- targets: 0.3 ms, instead of up to 8 ms from its beginning and 43 ms for sorting all of them).
SELECT DISTINCT tenant, target
  FROM ((SELECT s.tenant, s.target FROM tideline.target_state s
          WHERE (s.tenant, s.target) > (CAST(? AS text), CAST(? AS text)) ORDER BY 1, 2)
        UNION ALL
        (SELECT p.tenant, p.target FROM tideline.paused_target p
          WHERE (p.tenant, p.target) > (CAST(? AS text), CAST(? AS text)) ORDER BY 1, 2)) known
 ORDER BY tenant, target LIMIT ? OFFSET ?
