-- The keys of a tenant's rows in their order, from a key on: what a target may keep.
COPY (
    SELECT {{keyColumns}} FROM ({{row}}) s WHERE {{asPlanned}} ORDER BY {{keyColumns}}
) TO STDOUT{{format}}
