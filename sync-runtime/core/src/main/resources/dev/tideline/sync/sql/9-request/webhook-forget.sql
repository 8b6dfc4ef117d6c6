-- Removes webhooks that are no longer configured, and their waiting requests.
WITH gone AS (
    DELETE FROM tideline.webhook WHERE webhook_id <> ALL (CAST(? AS text[]))
)
DELETE FROM tideline.http_request
 WHERE sender LIKE 'webhook:%' AND sender <> ALL (SELECT 'webhook:' || id FROM unnest(CAST(? AS text[])) AS id)
