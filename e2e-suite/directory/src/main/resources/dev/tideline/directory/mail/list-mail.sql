SELECT * FROM email_outbox WHERE tenancy_id = :tenant AND number < :before ORDER BY number DESC LIMIT :limit
