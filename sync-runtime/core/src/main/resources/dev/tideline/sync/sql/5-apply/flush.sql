-- Makes everything that this session has committed durable: a record of its own, committed as the server's setting wants
-- it, whose way to the disk (and to a synchronous standby) takes along all that was written before it.
SELECT set_config('synchronous_commit', {{durable}}, true), pg_logical_emit_message(true, 'tideline', '')
