-- Creates a request to a receiver of alerts. They arrive in order.
INSERT INTO tideline.http_request (url, host, body, flow_key, parallelism, sender)
SELECT ?, ?, CAST(? AS jsonb), id, 1, id FROM CAST(? AS text) AS id
