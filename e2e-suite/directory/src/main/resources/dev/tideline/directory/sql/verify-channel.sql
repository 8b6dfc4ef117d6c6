UPDATE contact_channel SET is_verified = true WHERE tenancy_id = ? AND id = ?
