-- The keys of a tenant's rows in order, starting after a key: the rows that a target may keep.
COPY (
    SELECT {{keyColumns}} FROM ({{row}}) s WHERE {{asPlanned}} ORDER BY {{keyColumns}}
) TO STDOUT{{format}}
