INSERT INTO tideline.target_state AS s (tenant, target, mapping_name, address, copied_rows) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (tenant, target, mapping_name) DO UPDATE
   SET copied_rows = EXCLUDED.copied_rows, error = NULL, error_since = NULL, updated_at = clock_timestamp()
