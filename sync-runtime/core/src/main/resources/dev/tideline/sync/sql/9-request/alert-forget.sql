-- Removes receivers of alerts that are no longer configured, and their waiting requests.
WITH gone AS (
    DELETE FROM tideline.alert WHERE alert_id <> ALL (CAST(? AS text[]))
)
DELETE FROM tideline.http_request
 WHERE sender LIKE 'alert:%' AND lease_until IS NULL
   AND sender <> ALL (SELECT 'alert:' || id FROM unnest(CAST(? AS text[])) AS id)
