DELETE FROM contact_channel WHERE tenancy_id = ? AND id = ?
