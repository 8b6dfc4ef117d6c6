-- What a mapping's rows were made with when its target was last found caught up: a start need not look first at a target
-- of which all is known.
ALTER TABLE tideline.target_state ADD COLUMN definition text;
