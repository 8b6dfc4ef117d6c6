-- A fan-out whose row changes again goes on where it is, and runs once more from the start at its end. It used to begin
-- anew with each change, and never ended where they came faster than it did.
ALTER TABLE tideline.fan_out ADD again_at timestamptz; -- the first change that came since it began; NULL: none

-- Of a dependency stream: the columns that mappings read, beside those that are captured. An UPDATE that leaves all of them
-- as they are makes no row stale. NULL: any column may matter.
ALTER TABLE tideline.stream ADD compared text[];
