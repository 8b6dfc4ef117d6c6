-- A tenant's rows in the order of the key, from a key on: the first copy.
COPY (
    SELECT {{keyColumns}}{{columns}} FROM ({{row}}) s WHERE {{asPlanned}} ORDER BY {{keyColumns}}
) TO STDOUT{{format}}
