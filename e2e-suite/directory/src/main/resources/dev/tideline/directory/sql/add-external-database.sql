INSERT INTO external_database (tenant, name, url) VALUES (?, ?, ?)
