-- The current rows of some keys, or "gone", in the form of a batch of changes, in the order of the key, starting after
-- a key.
COPY (
    SELECT {{ledgerKeys}}, s.present IS NULL{{columns}}
      FROM (SELECT {{keys}} FROM ROWS FROM ({{arrays}}) AS p ({{keyNames}}) WHERE {{asPlanned}}) l
      LEFT JOIN LATERAL (SELECT true, q.* FROM ({{row}}) q) s (present, {{names}}) ON true{{order}}
) TO STDOUT
