INSERT INTO contact_channel (tenancy_id, user_id, id, value, is_primary) VALUES (?, ?, ?, ?, ?)
