-- Locks names and not rows, since the address may be in no row yet; in the order of the locks' numbers, so that two
-- transactions that want the same ones never wait for each other crosswise.
SELECT pg_advisory_xact_lock(number)::text
  FROM (SELECT DISTINCT hashtextextended('address ' || :tenant || ' ' || address, 0) AS number
          FROM (SELECT value AS address FROM contact_channel WHERE tenancy_id = :tenant AND user_id = :user
                UNION ALL
                SELECT CAST(:address AS text)) wanted
         WHERE address IS NOT NULL
         ORDER BY number) numbered
