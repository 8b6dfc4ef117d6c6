-- The root row comes from a separate query, so that a condition that the user wrote sees only its columns.
SELECT {{columns}}
  FROM (SELECT {{rootKeys}} FROM {{table}} r WHERE {{condition}}) r
  JOIN (
{{select}}
  ) q ON {{join}}
