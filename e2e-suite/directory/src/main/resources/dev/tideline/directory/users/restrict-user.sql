UPDATE project_user
   SET restricted_by_admin = :restricted,
       restricted_by_admin_reason = :reason,
       restricted_by_admin_private_details = :details
 WHERE tenancy_id = :tenant AND id = :id
