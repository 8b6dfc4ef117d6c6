-- Turns the next entries behind a webhook's cursor into requests, each with its current row or without one if it is
-- gone, and moves the cursor past them. All ids up to a visible one are visible, so none is missed.
WITH entry AS MATERIALIZED (
    SELECT tenant, {{keys}}, sequence_id, changed_at FROM tideline.{{ledger}}
     WHERE sequence_id > {{after}} ORDER BY sequence_id LIMIT {{limit}}
),
latest AS MATERIALIZED (
    SELECT DISTINCT ON (tenant, {{keys}}) * FROM entry ORDER BY tenant, {{keys}}, sequence_id DESC
),
message AS (
    SELECT l.*, {{operation}} AS operation, {{row}} AS row, {{error}} AS error
      FROM latest l {{joined}}
),
body AS (
    SELECT m.sequence_id, m.tenant, m.error, 'webhook:' || {{webhook}} AS sender,
           md5(jsonb_build_array(m.tenant, {{keys}})::text) AS digest,
           jsonb_build_object('mapping', CAST({{mapping}} AS text), 'operation', m.operation, 'tenant', m.tenant,
               'key', {{key}}, 'sequence_id', m.sequence_id, 'changed_at', m.changed_at) AS head,
           m.row
      FROM message m
),
made AS (
    INSERT INTO tideline.http_request (url, host, body, tenant, deduplication_key, flow_key, parallelism, sender, dead, last_error)
    SELECT {{url}}, {{host}},
           CASE WHEN octet_length(b.row::text) > {{largest}} THEN b.head || '{"row": null, "row_omitted": true}'
                ELSE b.head || jsonb_build_object('row', b.row) END,
           b.tenant, b.sender || ':' || b.digest, b.sender, {{parallelism}}, b.sender, b.error IS NOT NULL, b.error
      FROM body b ORDER BY b.sequence_id
    RETURNING 1
),
moved AS (
    UPDATE tideline.webhook SET sequence_id = (SELECT max(sequence_id) FROM entry)
     WHERE webhook_id = {{webhook}} AND EXISTS (SELECT FROM entry)
)
SELECT (SELECT count(*) FROM entry) AS entries, (SELECT count(*) FROM made) AS made
