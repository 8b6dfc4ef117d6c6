SELECT {{columns}}, true AS present
  FROM {{table}} r
  JOIN (
{{select}}
  ) q ON {{join}}
 WHERE {{condition}}
