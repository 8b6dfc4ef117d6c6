-- Makes everything that this session has committed durable: writes a record of its own, committed according to the
-- server's setting, which takes everything written before it to the disk (and to a synchronous standby).
SELECT set_config('synchronous_commit', {{durable}}, true), pg_logical_emit_message(true, 'tideline', '')
