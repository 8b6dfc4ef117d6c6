SELECT max(l.sequence_id), {{keyNames}}
  FROM ROWS FROM ({{keyArrays}}) AS k ({{keyAliases}}), tideline.ledger_{{stream}} l
 WHERE l.tenant = {{tenant}} AND {{match}}
 GROUP BY {{keyNames}}
