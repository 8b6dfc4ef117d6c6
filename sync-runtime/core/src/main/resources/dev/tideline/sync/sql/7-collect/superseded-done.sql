UPDATE tideline.stream SET compacted_up_to = ? WHERE stream_id = ?
