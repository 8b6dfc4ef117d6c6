-- The id up to which superseded entries are removed from a ledger, if enough ids were issued since the last time: half
-- as many as it has entries, so that the cost per entry is constant. Ids that a term leaps over were not issued.
SELECT q.last_sequence_id FROM tideline.sequencer q
  JOIN tideline.stream s ON s.stream_id = {{stream}}
  JOIN pg_class c ON c.oid = 'tideline.{{ledger}}'::regclass
 WHERE q.last_sequence_id - s.compacted_up_to
       - (SELECT coalesce(sum(t.first_id - t.former_id), 0) FROM tideline.term t WHERE t.former_id >= s.compacted_up_to)
       >= greatest(CAST(? AS bigint), c.reltuples / 2)
