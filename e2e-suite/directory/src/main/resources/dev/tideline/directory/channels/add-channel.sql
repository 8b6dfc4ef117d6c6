INSERT INTO contact_channel (tenancy_id, id, user_id, value, is_primary, used_for_auth)
VALUES (:tenant, :id, :user, :address, :primary, :usedForAuth)
ON CONFLICT (tenancy_id, user_id, type, value) DO NOTHING
