SELECT id, display_name, primary_email, position, signed_up_at
  FROM (SELECT u.id, u.display_name, u.signed_up_at, p.value AS primary_email,
               row_number() OVER (ORDER BY u.waitlist_number) AS position
          FROM project_user u
          LEFT JOIN contact_channel p ON p.tenancy_id = u.tenancy_id AND p.user_id = u.id AND p.is_primary
         WHERE u.tenancy_id = :tenant AND u.waitlist_status = 'waiting') waiting
 WHERE position > :after
 ORDER BY position
 LIMIT :limit
