-- The keys of a tenant's rows: what a target may keep.
COPY (
    SELECT {{keyColumns}} FROM ({{row}}) s
) TO STDOUT{{format}}
