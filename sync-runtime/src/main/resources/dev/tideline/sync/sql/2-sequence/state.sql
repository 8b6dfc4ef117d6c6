SELECT coalesce((SELECT enabled FROM tideline.fuse WHERE name = 'sequencer'), true), layout_version FROM tideline.sequencer
