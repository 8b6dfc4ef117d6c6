-- One batch of a tenant's changes: the current row of each key, or "gone". No snapshot ties this to the bounds: a row
-- that changes in between gets another entry behind them and is fetched again. Keys in order, since a merge sorted by key
-- finds its neighbours in memory; rows in that order, from a key on, where they have to be.
COPY (
    SELECT {{ledgerKeys}}, s.present IS NULL AS gone{{columns}}
      FROM (SELECT DISTINCT {{keys}} FROM tideline.{{ledger}}
             WHERE tenant = {{tenant}} AND sequence_id > {{after}} AND sequence_id <= {{upTo}}
               AND (SELECT tideline.nothing_collected({{stream}}, {{tenant}}, {{after}}))
             ORDER BY {{keys}}) l
      LEFT JOIN LATERAL ({{row}}) s ON true{{order}}
) TO STDOUT{{format}}
