UPDATE email_outbox SET handed_over_at = clock_timestamp() WHERE id = :id AND claim = :claim AND status = 'sending'
