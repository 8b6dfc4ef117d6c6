-- The keys of one batch, each with its newest sequence id in the batch.
SELECT max(sequence_id), {{keyTexts}} FROM tideline.{{ledger}}
 WHERE tenant = {{tenant}} AND sequence_id > {{after}} AND sequence_id <= {{upTo}}
   AND (SELECT tideline.nothing_collected({{stream}}, {{tenant}}, {{after}}))
 GROUP BY {{keys}} ORDER BY 1
