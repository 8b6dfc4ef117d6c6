-- Compares the current reasons with what a receiver was sent: new ones are recorded, ended ones are removed, and due
-- ones count as sent from now on. Returns what to send: firing, and resolved if firing was sent before. In one
-- transaction with the requests.
WITH observed AS (
    SELECT * FROM unnest(CAST(? AS text[]), CAST(? AS text[]), CAST(? AS text[]), CAST(? AS timestamptz[]), CAST(? AS boolean[]),
                         CAST(? AS text[])) AS o (kind, tenant, target, since, due, detail)
),
over AS (
    DELETE FROM tideline.alert a
     WHERE a.alert_id = ?
       AND NOT EXISTS (SELECT FROM observed o WHERE (o.kind, o.tenant, o.target) = (a.kind, a.tenant, a.target))
    RETURNING a.kind, a.tenant, a.target, a.since, a.told
),
noted AS (
    INSERT INTO tideline.alert AS a (alert_id, kind, tenant, target, since, told)
    SELECT ?, o.kind, o.tenant, o.target, o.since, o.due FROM observed o
        ON CONFLICT (alert_id, kind, tenant, target) DO UPDATE SET told = true
           WHERE NOT a.told AND (EXCLUDED.told OR a.since <= clock_timestamp() - CAST(CAST(? AS text) AS interval))
    RETURNING a.kind, a.tenant, a.target, a.since, a.told
)
SELECT 'resolved' AS state, kind, tenant, target, since, NULL AS detail FROM over WHERE told
 UNION ALL
SELECT 'firing', n.kind, n.tenant, n.target, n.since, o.detail
  FROM noted n JOIN observed o USING (kind, tenant, target) WHERE n.told
 ORDER BY 1, 2, 3, 4
