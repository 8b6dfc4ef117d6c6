UPDATE contact_channel
   SET is_primary = true, used_for_auth = used_for_auth OR :signsIn
 WHERE tenancy_id = :tenant AND id = :id
