-- One batch of a tenant's changes: the current row of each key, or "gone". No snapshot ties this to the bounds: a row
-- that changes in between gets another entry after them and is fetched again. Keys are ordered, since a merge in key
-- order finds neighbours in memory; rows are in that order, starting after a key, only if required. The row's columns
-- are named by numbers, so that our names cannot clash with the user's.
COPY (
    SELECT {{ledgerKeys}}, s.present IS NULL{{columns}}
      FROM (SELECT DISTINCT {{keys}} FROM tideline.{{ledger}}
             WHERE tenant = {{tenant}} AND sequence_id > {{after}} AND sequence_id <= {{upTo}}
               AND (SELECT tideline.nothing_collected({{stream}}, {{tenant}}, {{after}}))
               AND {{asPlanned}}
             ORDER BY {{keys}}) l
      LEFT JOIN LATERAL (SELECT true, q.* FROM ({{row}}) q) s (present, {{names}}) ON true{{order}}
) TO STDOUT{{format}}
