-- The entries behind each of these cursors: an exact number up to a limit for each, whether there may be more, and when
-- the first of them was captured. Reads the ledger by its key; one query for a page of targets.
SELECT b.entries, b.entries = c.most AS more, b.since
  FROM unnest(CAST(? AS text[]), CAST(? AS bigint[]), CAST(? AS integer[])) WITH ORDINALITY AS c (tenant, cursor, most, place)
 CROSS JOIN LATERAL (SELECT count(*) AS entries, min(first.changed_at) AS since
                       FROM (SELECT l.changed_at FROM tideline.{{ledger}} l
                              WHERE l.tenant = c.tenant AND l.sequence_id > c.cursor ORDER BY l.sequence_id LIMIT c.most) first) b
 ORDER BY c.place
