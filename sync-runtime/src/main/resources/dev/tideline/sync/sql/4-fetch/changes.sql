-- One batch of a tenant's changes: the current row of each key, or "gone". No snapshot ties this to the bounds: a row
-- that changes in between moves behind them and is fetched again.
COPY (
    SELECT {{ledgerKeys}}, s.present IS NULL AS gone{{columns}}
      FROM (SELECT {{keys}} FROM tideline.{{ledger}}
             WHERE tenant = {{tenant}} AND sequence_id > {{after}} AND sequence_id <= {{upTo}}
               AND (SELECT tideline.nothing_collected({{stream}}, {{tenant}}, {{after}}))) l
      LEFT JOIN LATERAL ({{row}}) s ON true
) TO STDOUT{{format}}
