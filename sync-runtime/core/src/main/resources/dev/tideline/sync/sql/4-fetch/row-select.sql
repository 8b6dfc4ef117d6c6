-- The root row stands in a query of its own, since a condition that the user wrote sees only its columns.
SELECT {{columns}}
  FROM (SELECT {{rootKeys}} FROM {{table}} r WHERE {{condition}}) r
  JOIN (
{{select}}
  ) q ON {{join}}
