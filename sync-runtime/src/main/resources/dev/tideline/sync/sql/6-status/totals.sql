SELECT count(*) AS targets, count(*) FILTER (WHERE NOT failing) AS ok, count(*) FILTER (WHERE failing) AS failing,
       (SELECT count(*) FROM tideline.parked_row WHERE CAST(? AS text) IS NULL OR tenant = ?) AS parked
  FROM (SELECT bool_or(error IS NOT NULL) AS failing FROM tideline.target_state
         WHERE CAST(? AS text) IS NULL OR tenant = ? GROUP BY tenant, target) t
