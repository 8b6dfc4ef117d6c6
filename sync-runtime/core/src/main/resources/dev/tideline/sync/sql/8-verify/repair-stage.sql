-- The target's own column types, and none of its constraints.
CREATE TEMPORARY TABLE tideline_repair ON COMMIT DROP AS SELECT {{columns}} FROM {{target}} WITH NO DATA
