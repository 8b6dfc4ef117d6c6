-- Whether any captured table is partitioned. Locks nothing.
SELECT EXISTS (
    SELECT 1
      FROM tideline.stream s
      JOIN pg_namespace n ON n.nspname = s.table_schema
      JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = s.table_name AND c.relkind = 'p')
