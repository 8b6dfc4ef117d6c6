, (SELECT ARRAY[{{types}}] FROM (SELECT) one LEFT JOIN (
{{select}}
) s ON false)
