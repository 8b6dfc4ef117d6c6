-- After a merge: staged rows that the table does not have unchanged, and rows that it still has and should not.
SELECT count(*) FILTER (WHERE NOT s.gone), count(*) FILTER (WHERE s.gone)
  FROM pg_temp.{{stage}} s
  LEFT JOIN {{target}} t ON {{join}}
 WHERE CASE WHEN s.gone THEN {{present}}{{exactly}}
            ELSE NOT {{present}} OR CAST(ROW({{old}}) AS record) OPERATOR(pg_catalog.*<>) CAST(ROW({{new}}) AS record) END
