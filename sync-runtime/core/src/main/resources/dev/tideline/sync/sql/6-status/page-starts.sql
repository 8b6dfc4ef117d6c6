-- Every n-th target in the order of names, from which distant pages are found. Reads the key of target_state once, instead
-- of for each page.
SELECT tenant, target
  FROM (SELECT tenant, target, row_number() OVER (ORDER BY tenant, target) AS place
          FROM (SELECT DISTINCT tenant, target
                  FROM ((SELECT s.tenant, s.target FROM tideline.target_state s ORDER BY 1, 2)
                        UNION ALL
                        (SELECT p.tenant, p.target FROM tideline.paused_target p ORDER BY 1, 2)) known) target) placed
 WHERE place % ? = 0
 ORDER BY place
