-- One batch of a tenant's changes: the current row of each key, or "gone". No snapshot ties this to the bounds: a row
-- that changes in between gets another entry behind them and is fetched again. Keys in order, since a merge sorted by key
-- finds its neighbours in memory; rows in that order, from a key on, where they have to be. The row's columns go by
-- numbers, so that no name of ours can meet one of the user's.
COPY (
    SELECT {{ledgerKeys}}, s.present IS NULL{{columns}}
      FROM (SELECT DISTINCT {{keys}} FROM tideline.{{ledger}}
             WHERE tenant = {{tenant}} AND sequence_id > {{after}} AND sequence_id <= {{upTo}}
               AND (SELECT tideline.nothing_collected({{stream}}, {{tenant}}, {{after}}))
               AND {{asPlanned}}
             ORDER BY {{keys}}) l
      LEFT JOIN LATERAL (SELECT true, q.* FROM ({{row}}) q) s (present, {{names}}) ON true{{order}}
) TO STDOUT{{format}}
