UPDATE project_user
   SET waitlist_status = 'waiting', waitlist_number = nextval('waitlist_number')
 WHERE tenancy_id = :tenant AND id = :id AND waitlist_status IS NULL
