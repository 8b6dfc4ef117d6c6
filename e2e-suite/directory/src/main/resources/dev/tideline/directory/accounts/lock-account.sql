-- For a tenant and provider at once: an exchange of two accounts between two users would wait crosswise.
SELECT pg_advisory_xact_lock(hashtextextended('accounts ' || :tenant || ' ' || :provider, 0))::text

