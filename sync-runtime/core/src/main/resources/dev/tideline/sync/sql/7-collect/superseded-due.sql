-- Up to which id a ledger can be freed of superseded entries, if enough were given since the last time: as many as half of
-- its entries, so that what it costs is a constant for each entry. What a term leaps over was not given.
SELECT q.last_sequence_id FROM tideline.sequencer q
  JOIN tideline.stream s ON s.stream_id = {{stream}}
  JOIN pg_class c ON c.oid = 'tideline.{{ledger}}'::regclass
 WHERE q.last_sequence_id - s.compacted_up_to
       - (SELECT coalesce(sum(t.first_id - t.former_id), 0) FROM tideline.term t WHERE t.former_id >= s.compacted_up_to)
       >= greatest(CAST(? AS bigint), c.reltuples / 2)
