-- The current row of each of some keys, or "gone"; in the form of a batch of changes, in the order of the key from a key on.
COPY (
    SELECT {{ledgerKeys}}, s.present IS NULL{{columns}}
      FROM (SELECT {{keys}} FROM ROWS FROM ({{arrays}}) AS p ({{keyNames}}) WHERE {{asPlanned}}) l
      LEFT JOIN LATERAL (SELECT true, q.* FROM ({{row}}) q) s (present, {{names}}) ON true{{order}}
) TO STDOUT
