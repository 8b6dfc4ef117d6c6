UPDATE contact_channel SET is_primary = ? WHERE tenancy_id = ? AND id = ?
