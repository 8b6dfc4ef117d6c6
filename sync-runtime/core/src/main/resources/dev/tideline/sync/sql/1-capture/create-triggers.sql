-- Takes SHARE ROW EXCLUSIVE on the user's table until this transaction ends: writers wait for it, and it waits for
-- them; lock_timeout bounds both, and the caller tries again. ENABLE ALWAYS, so that changes under
-- session_replication_role = replica (a logical subscriber, a bulk load) are captured, too. The exception is _leave,
-- which protects the columns: while it exists, Postgres refuses to change their types, which the ledgers use as well.
-- If it fires, rows are merely captured twice.
CREATE TRIGGER {{name}}_insert AFTER INSERT ON {{table}}
    FOR EACH ROW EXECUTE FUNCTION tideline.{{name}}_new();
CREATE TRIGGER {{name}}_update AFTER UPDATE ON {{table}}
    FOR EACH ROW EXECUTE FUNCTION tideline.{{name}}_changed();
CREATE TRIGGER {{name}}_leave AFTER UPDATE ON {{table}}
    FOR EACH ROW WHEN ({{changed}}) EXECUTE FUNCTION tideline.{{name}}_old();
CREATE TRIGGER {{name}}_delete AFTER DELETE ON {{table}}
    FOR EACH ROW EXECUTE FUNCTION tideline.{{name}}_old();
CREATE TRIGGER {{name}}_truncate AFTER TRUNCATE ON {{table}}
    FOR EACH STATEMENT EXECUTE FUNCTION tideline.{{name}}_truncated();
ALTER TABLE {{table}} ENABLE ALWAYS TRIGGER {{name}}_insert;
ALTER TABLE {{table}} ENABLE ALWAYS TRIGGER {{name}}_update;
ALTER TABLE {{table}} ENABLE ALWAYS TRIGGER {{name}}_delete;
ALTER TABLE {{table}} ENABLE ALWAYS TRIGGER {{name}}_truncate;
ALTER TABLE {{table}} DISABLE TRIGGER {{name}}_leave;
