-- The keys of a tenant's next rows, from the table alone: what a mapping selects may be what fails.
SELECT {{keys}} FROM {{table}} r WHERE {{condition}} ORDER BY {{order}} LIMIT ?
