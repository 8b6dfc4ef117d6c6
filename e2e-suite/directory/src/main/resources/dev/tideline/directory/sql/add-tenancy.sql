INSERT INTO tenancy (id, display_name) VALUES (?, ?)
