UPDATE contact_channel
   SET used_for_auth = false
 WHERE tenancy_id = :tenant AND user_id = :user AND used_for_auth
