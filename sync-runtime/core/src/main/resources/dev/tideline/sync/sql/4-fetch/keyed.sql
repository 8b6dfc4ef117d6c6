-- The current row of each of some keys, or "gone"; in the form of a batch of changes, in the order of the key from a key on.
COPY (
    SELECT {{ledgerKeys}}, s.present IS NULL AS gone{{columns}}
      FROM (SELECT {{keys}} FROM ROWS FROM ({{arrays}}) AS p ({{names}})) l
      LEFT JOIN LATERAL ({{row}}) s ON true{{order}}
) TO STDOUT
