-- A page of one tenant's targets, of which there are few.
SELECT tenant, target
  FROM (SELECT s.tenant, s.target FROM tideline.target_state s WHERE s.tenant = ?
         UNION
        SELECT p.tenant, p.target FROM tideline.paused_target p WHERE p.tenant = ?) known
 ORDER BY tenant, target LIMIT ? OFFSET ?
