-- A tenant's rows in the order of the key, starting after a key: the first copy.
COPY (
    SELECT {{keyColumns}}{{columns}} FROM ({{row}}) s WHERE {{asPlanned}} ORDER BY {{keyColumns}}
) TO STDOUT{{format}}
