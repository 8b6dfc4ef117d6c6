-- The sizes of the tables that capture appends to: sizes of files, so that nothing is read.
SELECT name, pg_relation_size(CAST('tideline.' || name AS regclass)) FROM unnest(ARRAY['change_0', 'change_1', 'change_2']) name
