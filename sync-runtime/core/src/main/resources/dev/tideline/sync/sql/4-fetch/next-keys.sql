-- The keys of a tenant's next rows, from the table alone, since the mapping's select may be what fails.
SELECT {{keys}} FROM {{table}} r WHERE {{condition}} ORDER BY {{order}} LIMIT ?
