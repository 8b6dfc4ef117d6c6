EXPLAIN SELECT 1 FROM {{from}} WHERE {{condition}}
