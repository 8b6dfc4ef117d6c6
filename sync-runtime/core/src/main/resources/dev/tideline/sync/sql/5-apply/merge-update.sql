UPDATE SET {{assignments}}
 WHERE CAST(ROW({{old}}) AS record) OPERATOR(pg_catalog.*<>) CAST(ROW({{new}}) AS record)
