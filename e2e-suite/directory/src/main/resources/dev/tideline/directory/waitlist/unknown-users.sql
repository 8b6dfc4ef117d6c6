SELECT wanted.id
  FROM unnest(:users) AS wanted (id)
 WHERE NOT EXISTS (SELECT 1 FROM project_user u WHERE u.tenancy_id = :tenant AND u.id = wanted.id)
