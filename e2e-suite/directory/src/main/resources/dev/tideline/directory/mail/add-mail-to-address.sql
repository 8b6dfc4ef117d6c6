INSERT INTO email_outbox (tenancy_id, id, to_address, subject, html, category)
VALUES (:tenant, :id, :address, :subject, :html, :category)
