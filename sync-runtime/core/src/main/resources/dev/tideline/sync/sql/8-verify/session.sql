-- The settings that the text of a value depends on, equal on both sides, for this transaction only (connections may be
-- pooled). A scan may be long, and its groups should fit into memory.
SELECT pg_catalog.set_config(name, value, true)
  FROM (VALUES ('TimeZone', 'UTC'),
               ('DateStyle', 'ISO, MDY'),
               ('IntervalStyle', 'postgres'),
               ('extra_float_digits', '3'),
               ('bytea_output', 'hex'),
               ('lc_monetary', 'C'),
               ('xmlbinary', 'base64'),
               ('quote_all_identifiers', 'off'),
               ('search_path', {{searchPath}}),
               ('statement_timeout', '0'),
               ('lock_timeout', '10s'), -- said, and not waited for in silence
               ('idle_in_transaction_session_timeout', '0'),
               ('work_mem', '64MB')) AS settings (name, value)
