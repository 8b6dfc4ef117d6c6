INSERT INTO external_database (tenant, name, url, enabled) VALUES (:tenant, :name, :url, :enabled)
ON CONFLICT (tenant, name) DO UPDATE SET url = excluded.url, enabled = excluded.enabled
